use lagrum_cards::Opening;
use serde::{Deserialize, Serialize};

/// What opens the card by which the case is counted in the public figures. Whoever has it sees how a report counts
/// the case, and can prove to others that there is one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Values", into = "Values")]
pub struct MandateCard(Opening);

/// The lines of an opening.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Values {
    origin: String,
    slot: u64,
    place: u32,
    demand: String,
    salt: String,
    p: String,
    seed: String,
}

impl MandateCard {
    /// The opening.
    #[must_use]
    pub fn opening(&self) -> &Opening {
        &self.0
    }
}

impl From<Opening> for MandateCard {
    fn from(opening: Opening) -> Self {
        Self(opening)
    }
}

impl TryFrom<Values> for MandateCard {
    type Error = String;

    fn try_from(values: Values) -> Result<Self, String> {
        let Values {
            origin,
            slot,
            place,
            demand,
            salt,
            p,
            seed,
        } = values;
        let text = format!(
            "{}\norigin {origin}\nslot {slot}\nplace {place}\ndemand {demand}\nsalt {salt}\np {p}\nseed {seed}\n\n",
            Opening::FIRST_LINE
        );
        let opening = Opening::parse(text.as_bytes()).map_err(|why| format!("card: {why}"))?;
        match opening.demand() {
            Some(_) => Ok(Self(opening)),
            None => Err("card: a blank one counts no case".into()),
        }
    }
}

impl From<MandateCard> for Values {
    fn from(card: MandateCard) -> Self {
        let text = card.0.to_text();
        let value = |key: &str| {
            let line = text
                .lines()
                .find_map(|line| line.strip_prefix(key)?.strip_prefix(' '));
            line.unwrap_or_default().to_owned()
        };
        let (slot, place) = card.0.place();
        Self {
            origin: value("origin"),
            slot,
            place,
            demand: value("demand"),
            salt: value("salt"),
            p: value("p"),
            seed: value("seed"),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::Mandate;
    use crate::testing::{counted_by, mandate};

    #[test]
    fn a_card_is_read_as_it_was_written_and_in_no_other_way() {
        let with = Mandate {
            card: Some(counted_by(3, 1)),
            ..mandate()
        };
        let text = with.to_text();
        assert_eq!(Mandate::parse(&text).unwrap(), with);
        let digest = hex::encode(with.card.as_ref().unwrap().opening().demand().unwrap());
        for (from, to) in [
            (digest.as_str(), "00".repeat(32).as_str()),
            (digest.as_str(), digest.to_uppercase().as_str()),
            ("\"origin\": \"", "\"origin\": \"a b\\nslot 3"),
        ] {
            assert!(text.contains(from), "{from}");
            assert!(Mandate::parse(&text.replace(from, to)).is_err(), "{to}");
        }
    }
}
