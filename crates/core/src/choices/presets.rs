//! The documented scenarios: starting points that fix some choices.

use super::Choices;
use super::fields::{SelectField, Selects, Task, TextField};
use serde::{Deserialize, Serialize};

use SelectField as S;

macro_rules! presets {
    ($($(#[$doc:meta])* $Name:ident = $id:literal { $($field:ident: $word:literal),+ $(; $($text:ident: $value:literal),+)? },)+) => {
        /// A documented scenario.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Preset { $($(#[$doc])* $Name),+ }

        impl Preset {
            /// Every one, the recommended one first; where several fit, the first is recognized.
            pub const ALL: &'static [Self] = &[$(Self::$Name),+];

            /// Its id: the value of `scenario` in the link.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$Name => $id),+ }
            }

            /// The choices it fixes, as in a link. Every other choice has its default.
            pub const fn fixes(self) -> &'static [(SelectField, &'static str)] {
                match self { $(Self::$Name => &[$((S::$field, $word)),+]),+ }
            }

            /// The texts it starts with.
            pub const fn texts(self) -> &'static [(TextField, &'static str)] {
                match self { $(Self::$Name => &[$($((TextField::$text, $value)),+)?]),+ }
            }
        }
    };
}

presets! {
    /// HTTPS, ReadOnly, trust distribution, cert-manager installed by the extension: what nothing
    /// chosen means.
    #[default]
    SecureDefault = "secure-default" { Task: "deploy", Tls: "cert-manager", Trust: "nodes", Mode: "read-only", Upgrade: "auto", Sync: "continuous" },
    /// With the cert-manager that the cluster has.
    OwnCertManager = "own-cert-manager" { Task: "deploy", Tls: "own-cert-manager" },
    /// With a certificate from a Kubernetes secret, trust rejected.
    OwnTrust = "own-trust" { Task: "deploy", Tls: "secret", Trust: "own" },
    /// With a certificate from a Kubernetes secret.
    KubernetesSecret = "kubernetes-secret" { Task: "deploy", Tls: "secret" },
    /// With a certificate from files.
    Byoc = "byoc" { Task: "deploy", Tls: "byoc" },
    /// Without TLS.
    Http = "http" { Task: "deploy", Tls: "http" },
    /// An existing extension switched to automatic minor upgrades.
    AutoUpgrade = "auto-upgrade" { Task: "upgrade", Upgrade: "auto" },
    /// An existing extension brought to a version.
    ManualUpgrade = "manual-upgrade" { Task: "upgrade", Upgrade: "pin" },
    /// The same, told as a roll-back.
    PinVersion = "pin-version" { Task: "upgrade", Upgrade: "pin" },
    /// Every day at midnight UTC, for four hours.
    SyncDaily = "sync-daily" { Task: "schedule", Sync: "scheduled"; Schedule: "0 0 * * *", Window: "PT4H" },
    /// Every minute.
    SyncContinuous = "sync-continuous" { Task: "schedule", Sync: "continuous" },
    /// Pull an image.
    PullImage = "pull-image" { Task: "pull" },
    /// Remove everything.
    CleanUp = "clean-up" { Task: "clean-up" },
}

impl Preset {
    /// The preset of an id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|preset| preset.id() == id)
    }

    /// Its starting point.
    pub fn selects(self) -> Selects {
        let mut selects = Selects::default();
        for (field, word) in self.fixes() {
            selects.set_word(*field, word);
        }
        selects
    }

    /// Whether the scenario belongs to a task.
    pub fn is_for(self, task: Task) -> bool {
        self.fixes().contains(&(S::Task, task.word()))
    }

    /// Whether these choices still are this scenario: every choice it fixes is made; the own-trust
    /// scenario serves with files too.
    pub fn fits(self, choices: &Choices) -> bool {
        let is = |(field, word): &(SelectField, &str)| {
            choices.select.word(*field) == *word
                || (self == Self::OwnTrust
                    && *field == S::Tls
                    && choices.select.word(S::Tls) == "byoc")
        };
        self.fixes().iter().all(is)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_fits_its_own_starting_point() {
        for preset in Preset::ALL {
            for (field, word) in preset.fixes() {
                assert!(
                    field.words().contains(word),
                    "{}: {} cannot be {word}",
                    preset.id(),
                    field.key()
                );
            }
            assert_eq!(Choices::from(*preset).recognized(), Some(*preset), "{}", preset.id());
            assert_eq!(Preset::from_id(preset.id()), Some(*preset));
        }
    }

    #[test]
    fn a_scenario_is_recognized_when_the_fields_are_set_by_hand() {
        let mut choices = Choices::default();
        choices.set_text(TextField::Registry, "contoso");
        for (field, word, expected) in [
            (S::Tls, "own-cert-manager", Some(Preset::OwnCertManager)),
            (S::Tls, "byoc", Some(Preset::Byoc)),
            (S::Trust, "own", Some(Preset::OwnTrust)),
            (S::Tls, "secret", Some(Preset::OwnTrust)),
            (S::Trust, "nodes", Some(Preset::KubernetesSecret)),
            (S::Task, "upgrade", Some(Preset::AutoUpgrade)),
            (S::Upgrade, "pin", Some(Preset::ManualUpgrade)),
            (S::Task, "rotate", None),
        ] {
            assert!(choices.select.set_word(field, word));
            assert_eq!(choices.recognized(), expected, "{} {word}", field.key());
        }
    }
}
