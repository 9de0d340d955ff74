//! Assertions that others made: see `vectors/README.md`.

use serde_json::Value;

use super::*;
use crate::passkey_challenge;

const CHROMIUM: &str = include_str!("../vectors/chromium.json");
const CRYPTOGRAPHY: &str = include_str!("../vectors/cryptography.json");

struct Made(Value);

impl Made {
    fn read(text: &str) -> Self {
        Self(serde_json::from_str(text).unwrap())
    }

    fn text(&self, path: &str) -> &str {
        self.0.pointer(path).unwrap().as_str().unwrap()
    }

    fn bytes(&self, path: &str) -> Vec<u8> {
        let hex = self.text(path);
        let byte = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
        (0..hex.len()).step_by(2).map(byte).collect()
    }

    fn key(&self) -> PasskeyKey {
        PasskeyKey::from_spki(&self.bytes("/spki"), self.text("/origin")).unwrap()
    }

    fn assertion(&self, name: &str) -> Assertion {
        Assertion {
            authenticator_data: self.bytes(&format!("/{name}/authenticator_data")),
            client_data: self.text(&format!("/{name}/client_data")).into(),
            signature: self.bytes(&format!("/{name}/signature")),
        }
    }

    fn verify(&self, name: &str) -> Result<(), PasskeyError> {
        let challenge = passkey_challenge("a mandate\n");
        self.key().verify(&challenge, &self.assertion(name))
    }
}

#[test]
fn what_a_real_browser_signed_is_accepted_and_its_other_statements_are_not() {
    let chromium = Made::read(CHROMIUM);
    assert_eq!(chromium.verify("signed"), Ok(()));
    assert_eq!(chromium.verify("unverified"), Err(PasskeyError::Unverified));
    // Genuine, and signed inside another site's page.
    assert!(chromium.text("/framed/client_data").contains("topOrigin"));
    assert_eq!(chromium.verify("framed"), Err(PasskeyError::Framed));
    let line = |name: &str| {
        let key = crate::VerifyingKey::from_passkey("firm.example/maja", chromium.key()).unwrap();
        let line = crate::passkey_line(&key, &chromium.assertion(name)).unwrap();
        let note = crate::assemble("a mandate\n", &[&line]);
        crate::verify_note(note.as_bytes(), &[&key]).is_ok()
    };
    assert!(line("signed"));
    assert!(!line("unverified") && !line("framed"));
    // What it stated when the passkey was registered is no signature.
    let registered = Assertion {
        authenticator_data: chromium.bytes("/registered/authenticator_data"),
        client_data: chromium.text("/registered/client_data").into(),
        ..chromium.assertion("signed")
    };
    assert_eq!(
        chromium.key().verify(&[0; 32], &registered),
        Err(PasskeyError::Purpose)
    );
}

#[test]
fn what_another_library_signed_is_accepted_with_either_value_of_s() {
    let made = Made::read(CRYPTOGRAPHY);
    assert_eq!(made.verify("lower"), Ok(()));
    assert_eq!(made.verify("upper"), Ok(()));
    let upper = made.assertion("upper");
    assert_ne!(upper, made.assertion("lower"));
    assert_eq!(upper.lower(), Ok(made.assertion("lower")));
}

proptest! {
    #[test]
    fn a_flipped_bit_in_what_a_real_browser_signed_makes_it_worthless(
        part in 0_usize..3, at in any::<prop::sample::Index>(), bit in 0_u8..8
    ) {
        let chromium = Made::read(CHROMIUM);
        let mut assertion = chromium.assertion("signed");
        let bytes = match part {
            0 => &mut assertion.authenticator_data,
            1 => &mut assertion.client_data,
            _ => &mut assertion.signature,
        };
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        let challenge = passkey_challenge("a mandate\n");
        prop_assert!(chromium.key().verify(&challenge, &assertion).is_err());
    }
}
