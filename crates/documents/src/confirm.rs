use lagrum_mandate::Mandate;
use lagrum_model::{AccountIdentifier, Act, EmailAddress, Identifier};

use crate::Phrases;

/// What a person types to show that the page was read, before the passphrase is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Confirmation {
    /// The account whose data leaves.
    Account(AccountIdentifier),
    /// How many accounts there are, where there are several.
    Number(usize),
}

/// What has to be typed for a mandate.
#[must_use]
pub fn confirm_words(mandate: &Mandate) -> Confirmation {
    match mandate.identifiers.as_slice() {
        [account] => Confirmation::Account(account.clone()),
        several => Confirmation::Number(several.len()),
    }
}

impl Confirmation {
    /// What to type for `mandate`, for a prompt or a label, without a colon. Only where data leaves for certain is it
    /// said to leave.
    #[must_use]
    pub fn question(&self, mandate: &Mandate, phrases: &Phrases) -> String {
        let name = match self {
            Self::Account(_) => "confirm-account",
            Self::Number(_) => "confirm-number",
        };
        let leaves =
            mandate.act == Act::Disclose && mandate.review.is_none() && mandate.look_up.is_none();
        phrases.word(&match leaves {
            true => name.to_owned(),
            false => format!("{name}-of-mandate"),
        })
    }

    /// Whether what was typed is the answer. Spaces around it do not count; of a mail address,
    /// neither does the case of its letters. A mandate without an account is never confirmed.
    #[must_use]
    pub fn accepts(&self, typed: &str) -> bool {
        let typed = typed.trim();
        match self {
            Self::Account(account) => match account.get() {
                Identifier::EmailAddress(address) => {
                    EmailAddress::parse(typed).is_ok_and(|typed| typed == *address)
                }
                other => typed == other.value(),
            },
            Self::Number(0) => false,
            Self::Number(number) => typed == number.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(text: &str) -> AccountIdentifier {
        let address = EmailAddress::parse(text).unwrap();
        AccountIdentifier::try_from(Identifier::EmailAddress(address)).unwrap()
    }

    #[test]
    fn only_the_account_itself_confirms_a_mandate_of_one() {
        let one = Confirmation::Account(account("alder@kvist.example"));
        assert!(one.accepts(" Alder@kvist.example\n"));
        for wrong in ["", "1", "y", "alder", "alder@kvist.examples"] {
            assert!(!one.accepts(wrong), "{wrong}");
        }
    }

    #[test]
    fn only_the_number_confirms_a_mandate_of_several() {
        let three = Confirmation::Number(3);
        assert!(three.accepts("3 "));
        for wrong in ["", "03", "2", "three"] {
            assert!(!three.accepts(wrong), "{wrong}");
        }
        assert!(!Confirmation::Number(0).accepts("0"));
    }
}
