//! Recommends a scenario by three questions.

use super::{Choices, Preset, SelfSigned, Tls, Trust};

/// What certificate there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Certificate {
    /// None yet.
    #[default]
    None,
    /// Files of one's own, or of one's own authority.
    Files,
    /// A Kubernetes secret.
    Secret,
}

/// The answers, each as somebody would give it who has nothing prepared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answers {
    /// Whether cert-manager runs in the cluster already.
    pub has_cert_manager: bool,
    /// What certificate there is for the connected registry.
    pub certificate: Certificate,
    /// Whether the extension may change how the nodes pull images.
    pub may_touch_nodes: bool,
}

impl Default for Answers {
    fn default() -> Self {
        Self { has_cert_manager: false, certificate: Certificate::None, may_touch_nodes: true }
    }
}

/// What answers amount to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recommendation {
    /// The documented scenario.
    pub preset: Preset,
    tls: Tls,
    trust: Trust,
    self_signed: SelfSigned,
}

impl Recommendation {
    /// The documented scenario for these answers, and what of it they decide. HTTP is never
    /// recommended.
    pub const fn of(answers: Answers) -> Self {
        let tls = match answers.certificate {
            Certificate::Files => Tls::Byoc,
            Certificate::Secret => Tls::Secret,
            // Nodes that the extension leaves alone must trust a certificate that is known
            // beforehand: a pair is made.
            Certificate::None if !answers.may_touch_nodes => Tls::Byoc,
            Certificate::None if answers.has_cert_manager => Tls::OwnCertManager,
            Certificate::None => Tls::CertManager,
        };
        let preset = match tls {
            Tls::Byoc | Tls::Secret if !answers.may_touch_nodes => Preset::OwnTrust,
            Tls::Byoc => Preset::Byoc,
            Tls::Secret => Preset::KubernetesSecret,
            Tls::OwnCertManager => Preset::OwnCertManager,
            Tls::CertManager | Tls::Http => Preset::SecureDefault,
        };
        let makes_pair = matches!((answers.certificate, tls), (Certificate::None, Tls::Byoc));
        Self {
            preset,
            tls,
            trust: if answers.may_touch_nodes { Trust::Nodes } else { Trust::Own },
            self_signed: if makes_pair { SelfSigned::Yes } else { SelfSigned::No },
        }
    }

    /// Chooses it; what was typed stays.
    pub fn apply(self, choices: &mut Choices) {
        choices.start_from(self.preset);
        choices.select.tls = self.tls;
        choices.select.trust = self.trust;
        choices.select.self_signed = self.self_signed;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_recommended_is_recognized() {
        for has_cert_manager in [false, true] {
            for certificate in [Certificate::None, Certificate::Files, Certificate::Secret] {
                for may_touch_nodes in [true, false] {
                    let answers = Answers { has_cert_manager, certificate, may_touch_nodes };
                    let mut choices = Choices::default();
                    Recommendation::of(answers).apply(&mut choices);
                    assert_eq!(
                        choices.recognized(),
                        Some(Recommendation::of(answers).preset),
                        "{answers:?}"
                    );
                    assert_eq!(choices.select.trust == Trust::Own, !may_touch_nodes);
                    let makes_pair = choices.select.self_signed == SelfSigned::Yes;
                    assert_eq!(
                        makes_pair,
                        certificate == Certificate::None && !may_touch_nodes,
                        "a certificate is made for who has none and needs one"
                    );
                }
            }
        }
        assert_eq!(Recommendation::of(Answers::default()).preset, Preset::SecureDefault);
    }
}
