use lagrum_log::Salt;
use lagrum_model::Sha256Digest;
use serde::{Deserialize, Serialize};

/// Separates these commitments from every other use of SHA-256.
const DOMAIN: &[u8] = b"lagrum withheld item v1\n";

/// The most that one mandate decides about, so that people can read what they sign.
pub const MOST_REVIEWED: usize = 1000;

/// What counsel decided, where the data lies, about each thing that the search of an earlier mandate
/// withheld. A mandate with such decisions hands over what is released, and nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// SHA-256 of the text of the mandate whose search withheld them.
    pub of: Sha256Digest,
    /// The counsel who decided, by the id on the agent's roster: one of those who sign.
    pub by: String,
    /// Each of them, in the order in which they were withheld.
    pub items: Vec<Reviewed>,
}

/// What was decided about one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reviewed {
    /// Its number among what was withheld, from 1.
    pub number: u64,
    /// What its bytes are, if they are released: the [`commitment`] to them. Absent if they are not
    /// handed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub released: Option<Sha256Digest>,
    /// Why.
    pub reason: String,
}

/// Fixes the bytes of something that is withheld without telling what they are, nor letting anybody
/// try what they could be: SHA-256 of the line `lagrum withheld item v1`, the salt, and the SHA-256
/// of the bytes. The salt comes with the bytes when they are handed over.
#[must_use]
pub fn commitment(salt: &Salt, bytes: &Sha256Digest) -> Sha256Digest {
    let mut text = DOMAIN.to_vec();
    text.extend(salt.as_bytes());
    text.extend(bytes.0);
    Sha256Digest::of(&text)
}

impl Review {
    /// What was decided about the thing with this number.
    #[must_use]
    pub fn find(&self, number: u64) -> Option<&Reviewed> {
        let at = self.items.binary_search_by_key(&number, |item| item.number);
        self.items.get(at.ok()?)
    }

    /// Whether it can be carried out: not empty, not too long, each number once and in order, each
    /// with its reason.
    ///
    /// # Errors
    /// A sentence with the rule.
    pub fn is_complete(&self) -> Result<(), String> {
        if self.items.is_empty() || self.items.len() > MOST_REVIEWED {
            return Err(format!(
                "a review decides about 1 to {MOST_REVIEWED} things, this one about {}",
                self.items.len()
            ));
        }
        let numbers = self.items.iter().map(|item| item.number);
        if !numbers.is_sorted_by(|one, next| one < next) {
            return Err("a review names each thing once, in the order of their numbers".into());
        }
        match self.items.iter().find(|item| item.reason.trim().is_empty()) {
            Some(item) => Err(format!(
                "the decision about number {} has no reason",
                item.number
            )),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn review(numbers: &[u64]) -> Review {
        let item = |number: &u64| Reviewed {
            number: *number,
            released: None,
            reason: "of another day".into(),
        };
        Review {
            of: Sha256Digest::of(b"a mandate"),
            by: "astrid".into(),
            items: numbers.iter().map(item).collect(),
        }
    }

    #[test]
    fn a_commitment_depends_on_the_bytes_and_on_the_salt() {
        let (one, other) = (Salt::from_bytes([1; 32]), Salt::from_bytes([2; 32]));
        let (a, b) = (Sha256Digest::of(b"a"), Sha256Digest::of(b"b"));
        assert_ne!(commitment(&one, &a), commitment(&one, &b));
        assert_ne!(commitment(&one, &a), commitment(&other, &a));
        let mut by_hand = b"lagrum withheld item v1\n".to_vec();
        by_hand.extend([1; 32]);
        by_hand.extend(a.0);
        assert_eq!(commitment(&one, &a), Sha256Digest::of(&by_hand));
    }

    #[test]
    fn a_review_names_each_thing_once_in_order_and_with_a_reason() {
        assert_eq!(review(&[1, 2, 7]).is_complete(), Ok(()));
        assert!(review(&[1, 2, 7]).find(7).is_some());
        assert!(review(&[1, 2, 7]).find(3).is_none());
        for wrong in [&[][..], &[2, 1], &[1, 1]] {
            assert!(review(wrong).is_complete().is_err(), "{wrong:?}");
        }
        let many: Vec<_> = (1..=MOST_REVIEWED as u64 + 1).collect();
        assert!(review(&many).is_complete().is_err());
        let mut silent = review(&[1]);
        silent.items[0].reason = " ".into();
        assert!(silent.is_complete().is_err());
    }
}
