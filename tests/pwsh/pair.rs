//! Two equal worlds, one for each shell, and what is compared of them.

pub(crate) use crate::effect::copy;
use crate::effect::effect;
use crate::trial::{Run, Trial};

/// The same choices for both shells.
pub(crate) struct Pair {
    pub(crate) name: String,
    pub(crate) bash: Trial,
    pub(crate) powershell: Trial,
}

impl Pair {
    pub(crate) fn of(name: &str, link: &str) -> Self {
        let bash = Trial::of(&format!("{link}&shell=bash"));
        let powershell = Trial::of(&format!("{link}&shell=powershell"));
        // The same certificate.
        copy(&bash.world.folder(), &powershell.world.folder());
        Self { name: name.to_owned(), bash, powershell }
    }

    pub(crate) fn each(&self, operation: impl Fn(&Trial)) {
        operation(&self.bash);
        operation(&self.powershell);
    }

    /// Runs both, `powershell` by what is given, and compares.
    pub(crate) fn judge(
        &self,
        what: &str,
        arguments: [&str; 1],
        powershell: impl FnOnce(&Trial, &[&str]) -> Run,
    ) -> Run {
        let given: &[&str] = if arguments == [""] { &[] } else { &arguments };
        self.compare(
            what,
            |trial| trial.run(&if given.is_empty() { vec![] } else { vec!["--yes"] }),
            |trial| powershell(trial, given),
        )
    }

    /// Runs both, each by what is given, and compares.
    pub(crate) fn compare(
        &self,
        what: &str,
        bash: impl FnOnce(&Trial) -> Run,
        powershell: impl FnOnce(&Trial) -> Run,
    ) -> Run {
        self.each(|trial| {
            trial.world.keep("calls", "");
            trial.world.keep("count", "0\n");
        });
        let by_bash = bash(&self.bash);
        let by_powershell = powershell(&self.powershell);
        let certificate = self.bash.makes_certificate();
        let (expected, got) = (
            effect(&self.bash, &by_bash, certificate),
            effect(&self.powershell, &by_powershell, certificate),
        );
        let said =
            format!("--- bash said\n{}\n--- PowerShell said\n{}", by_bash.said, by_powershell.said);
        let Self { name, .. } = self;
        assert_eq!(got.status, expected.status, "{name}, {what}: the exit status\n{said}");
        for (at, (got, expected)) in got.calls.iter().zip(&expected.calls).enumerate() {
            assert_eq!(got, expected, "{name}, {what}: call {at}\n{said}");
        }
        assert_eq!(
            got.calls.len(),
            expected.calls.len(),
            "{name}, {what}: the number of calls\n{said}"
        );
        assert_eq!(got.state, expected.state, "{name}, {what}: the state of the cloud\n{said}");
        assert_eq!(got.files, expected.files, "{name}, {what}: the files\n{said}");
        by_powershell
    }
}
