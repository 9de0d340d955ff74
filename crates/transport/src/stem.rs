use std::fmt;

use lagrum_mandate::{Mandate, Nonce, SealedTo};
use lagrum_model::{CaseId, CertificateKind, RecipientKey};

/// The most characters of a name.
const LONGEST: usize = 80;

/// The name under which a mandate, its answer and its package travel: ASCII letters, digits and
/// hyphens, so that it can go into file names, addresses and onto a terminal.
///
/// A desk writes `CASE-NONCE8`: the case and the first eight hexadecimal digits of the nonce. An
/// agent answers under any such name, so that nothing that is left for it goes unanswered.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stem(String);

impl Stem {
    /// The name of `mandate`.
    #[must_use]
    pub fn of(mandate: &Mandate) -> Self {
        Self::new(&mandate.case, &mandate.nonce)
    }

    /// The name of what has this nonce in a case.
    #[must_use]
    pub fn new(case: &CaseId, nonce: &Nonce) -> Self {
        let nonce = nonce.to_string();
        Self(format!("{case}-{}", &nonce[..8]))
    }

    /// Reads a name; `None` if it is longer than 80 characters, or has others than letters, digits
    /// and hyphens.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let plain = text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        (plain && (1..=LONGEST).contains(&text.len())).then(|| Self(text.to_owned()))
    }

    /// The case that a desk wrote into it.
    #[must_use]
    pub fn case(&self) -> Option<CaseId> {
        let (case, _) = self.0.rsplit_once('-')?;
        CaseId::parse(case).ok()
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name of the sealed package on the wire, whatever it is sealed with.
    #[must_use]
    pub fn package(&self) -> String {
        format!("{self}.tar.age")
    }

    /// The name under which its recipient gets the sealed package: its ending says which program opens it.
    #[must_use]
    pub fn handed_over_as(&self, to: &SealedTo) -> String {
        format!("{self}.{}", Self::ending_for(to))
    }

    /// The end of that name.
    #[must_use]
    pub fn ending_for(to: &SealedTo) -> &'static str {
        let named = to.key().and_then(RecipientKey::certificate);
        match named.map(|named| named.kind) {
            Some(CertificateKind::OpenPgp) => "tar.pgp",
            Some(CertificateKind::X509) => "tar.p7m",
            None => "tar.age",
        }
    }
}

impl fmt::Display for Stem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_plain_and_knows_its_case() {
        let stem = Stem::parse("2026-0004-1a2b3c4d").unwrap();
        assert_eq!(stem.case(), Some(CaseId::new(2026, 4)));
        assert_eq!(stem.package(), "2026-0004-1a2b3c4d.tar.age");
        assert_eq!(Stem::parse("somebody-s").unwrap().case(), None);
        let long = "a".repeat(81);
        for wrong in [
            "",
            ".",
            "..",
            "a/b",
            "a.b",
            "a b",
            "a\n",
            "å",
            "\u{1b}[2J",
            &long,
        ] {
            assert_eq!(Stem::parse(wrong), None, "{wrong:?}");
        }
    }
}
