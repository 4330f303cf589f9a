//! From three questions to a scenario, for who does not know which one is theirs.

use super::{Preset, Tls, Trust};

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

/// The certificate and the trust that these answers amount to, and the documented scenario that they are. HTTP is never recommended.
pub const fn recommended(answers: Answers) -> (Preset, Tls, Trust) {
    let tls = match answers.certificate {
        Certificate::Files => Tls::Byoc,
        Certificate::Secret => Tls::Secret,
        // Nodes that the extension leaves alone must trust a certificate that is known beforehand: the script can make a pair.
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
    (preset, tls, if answers.may_touch_nodes { Trust::Nodes } else { Trust::Own })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::choices::Choices;

    #[test]
    fn what_is_recommended_is_recognized() {
        for has_cert_manager in [false, true] {
            for certificate in [Certificate::None, Certificate::Files, Certificate::Secret] {
                for may_touch_nodes in [true, false] {
                    let (preset, tls, trust) = recommended(Answers { has_cert_manager, certificate, may_touch_nodes });
                    let mut choices = Choices::default();
                    choices.start_from(preset);
                    (choices.select.tls, choices.select.trust) = (tls, trust);
                    let recognized = choices.recognized();
                    assert_eq!(recognized, Some(preset), "{has_cert_manager} {certificate:?} {may_touch_nodes}");
                    assert_eq!(choices.select.trust == Trust::Own, !may_touch_nodes);
                }
            }
        }
        assert_eq!(recommended(Answers::default()), (Preset::SecureDefault, Tls::CertManager, Trust::Nodes));
    }
}
