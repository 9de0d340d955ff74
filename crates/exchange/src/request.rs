//! The signature under a request.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use jiff::Timestamp;
use lagrum_model::Sha256Digest;
use lagrum_notes::{NoteError, SigningKey, VerifyingKey, role, verify_note};

/// The header in which the signed note of a request travels, in base64 (RFC 4648, 4).
pub(crate) const HEADER: &str = "lagrum-request";
/// The longest value of that header.
pub(crate) const LONGEST_HEADER: usize = 4 << 10;
/// What the note begins with. No receipt, refusal or other answer of an agent begins so: a signature under the one is
/// none under the other.
const HEADING: &str = "lagrum-exchange-request/1";

/// What an agent signs of one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Signed {
    /// The server's address, as its own settings have it: it is for no other.
    pub to: String,
    /// GET or POST.
    pub method: String,
    /// The path.
    pub path: String,
    /// SHA-256 of the body.
    pub body: Sha256Digest,
    /// The run of the server: a server that was started again takes no request of before.
    pub run: String,
    /// When, by the agent's clock (UTC).
    pub at: Timestamp,
    /// 16 bytes by chance, in hexadecimal: no two requests have the same.
    pub nonce: String,
}

impl Signed {
    fn text(&self) -> String {
        let Self {
            to,
            method,
            path,
            body,
            run,
            at,
            nonce,
        } = self;
        format!("{HEADING}\n{to}\n{method}\n{path}\n{body}\n{run}\n{at}\n{nonce}\n")
    }

    /// The value of [`HEADER`], signed.
    pub(crate) fn header(&self, key: &SigningKey<role::Agent>) -> Result<String, NoteError> {
        Ok(BASE64_STANDARD.encode(key.sign_note(&self.text())?))
    }

    /// Reads the value of [`HEADER`], if one of `known` signed it.
    pub(crate) fn verify(value: &[u8], known: &[VerifyingKey<role::Agent>]) -> Option<Self> {
        if value.len() > LONGEST_HEADER {
            return None;
        }
        let note = BASE64_STANDARD.decode(value).ok()?;
        let known: Vec<_> = known.iter().collect();
        let (text, _) = verify_note(&note, &known).ok()?;
        let mut lines = text.strip_suffix('\n')?.split('\n');
        let mut next = || lines.next().map(str::to_owned);
        if next()? != HEADING {
            return None;
        }
        let read = Self {
            to: next()?,
            method: next()?,
            path: next()?,
            body: Sha256Digest::parse(&next()?).ok()?,
            run: next()?,
            at: next()?.parse().ok()?,
            nonce: next()?,
        };
        // One text for one request: nothing is left over, and nothing is written in two ways.
        (read.text() == text).then_some(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(seed: u8) -> SigningKey<role::Agent> {
        SigningKey::from_seed(&[seed; 32], "kvist.example/agent/stockholm").unwrap()
    }

    fn signed() -> Signed {
        Signed {
            to: "https://exchange.kvist.example".into(),
            method: "GET".into(),
            path: "/v1/stockholm/waiting".into(),
            body: Sha256Digest::of(b""),
            run: "ab".repeat(16),
            at: Timestamp::from_second(1_790_000_000).unwrap(),
            nonce: "cd".repeat(16),
        }
    }

    #[test]
    fn only_what_a_known_key_signed_to_the_letter_is_a_request() {
        let known = [key(7).verifying_key()];
        let header = signed().header(&key(7)).unwrap();
        assert_eq!(Signed::verify(header.as_bytes(), &known), Some(signed()));
        let other = signed().header(&key(8)).unwrap();
        let long = format!("{header}{}", " ".repeat(LONGEST_HEADER));
        let signs = |text: &str| BASE64_STANDARD.encode(key(7).sign_note(text).unwrap());
        let text = signed().text();
        let wrong = [
            other,
            long,
            String::new(),
            "no base64".into(),
            // The same key under another text: it speaks of something else.
            signs(&text.replace(HEADING, "lagrum-receipt/1")),
            signs(&format!("{text}more\n")),
            signs(&text.replace("GET\n", "")),
            signs(&text.replace('Z', "+00:00")),
        ];
        for wrong in wrong {
            assert_eq!(Signed::verify(wrong.as_bytes(), &known), None, "{wrong}");
        }
        assert_eq!(Signed::verify(header.as_bytes(), &[]), None);
    }

    #[test]
    fn a_line_within_a_field_makes_no_other_request() {
        let known = [key(7).verifying_key()];
        let mut forged = signed();
        forged.path = format!("/v1/stockholm/waiting\n{}", Sha256Digest::of(b"x"));
        let header = forged.header(&key(7)).unwrap();
        assert_eq!(Signed::verify(header.as_bytes(), &known), None);
    }
}
