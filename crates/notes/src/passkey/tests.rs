mod vectors;

use proptest::prelude::*;
use sha2::{Digest, Sha256};

use super::*;
use crate::testing::{Passkey, VERIFIED, authenticator_data};

const ORIGIN: &str = "https://desk.kvist.example";
const HOST: &str = "desk.kvist.example";
const CHALLENGE: [u8; 32] = [7; 32];

fn counsel() -> Passkey {
    Passkey::new(1, ORIGIN)
}

/// What comes of an assertion over this client data, for this relying party and with these flags.
fn signed(client_data: &str, relying_party: &str, flags: u8) -> Result<(), PasskeyError> {
    let passkey = counsel();
    let data = authenticator_data(relying_party, flags);
    let assertion = passkey.sign_as(&data, client_data.as_bytes());
    passkey.key().verify(&CHALLENGE, &assertion)
}

/// The usual client data with a piece of it exchanged.
fn changed(from: &str, to: &str) -> Result<(), PasskeyError> {
    let usual = counsel().client_data(&CHALLENGE);
    let other = usual.replacen(from, to, 1);
    assert_ne!(usual, other);
    signed(&other, HOST, VERIFIED)
}

#[test]
fn what_a_person_signed_with_a_passkey_is_accepted_for_that_challenge_and_no_other() {
    let passkey = counsel();
    let assertion = passkey.sign(&CHALLENGE);
    assert_eq!(passkey.key().verify(&CHALLENGE, &assertion), Ok(()));
    let refused = |challenge: &[u8]| passkey.key().verify(challenge, &assertion);
    for other in [&[8; 32][..], &CHALLENGE[..31], &[7; 33], &[]] {
        assert_eq!(refused(other), Err(PasskeyError::Challenge));
    }
}

#[test]
fn the_key_of_another_person_did_not_sign() {
    let assertion = Passkey::new(2, ORIGIN).sign(&CHALLENGE);
    assert_eq!(
        counsel().key().verify(&CHALLENGE, &assertion),
        Err(PasskeyError::Signature)
    );
}

#[test]
fn what_was_signed_on_any_other_page_is_refused() {
    for other in [
        "https://evil.example",
        "https://login.desk.kvist.example",
        "https://kvist.example",
        "http://desk.kvist.example",
        "https://desk.kvist.example:8443",
        "https://desk.kvist.example/",
        "https://desk.kvist.example.evil.example",
        "https://DESK.kvist.example",
        "null",
        "",
    ] {
        assert_eq!(
            changed(ORIGIN, other),
            Err(PasskeyError::Elsewhere),
            "{other}"
        );
    }
    let usual = counsel().client_data(&CHALLENGE);
    for party in [
        "kvist.example",
        "login.desk.kvist.example",
        "https://desk.kvist.example",
        "",
    ] {
        assert_eq!(
            signed(&usual, party, VERIFIED),
            Err(PasskeyError::RelyingParty),
            "{party}"
        );
    }
}

#[test]
fn what_was_signed_in_a_frame_of_another_page_is_refused() {
    let framed = |with: &str| changed(r#""crossOrigin":false"#, with);
    assert_eq!(framed(r#""crossOrigin":true"#), Err(PasskeyError::Framed));
    for top in [
        r#""https://evil.example""#,
        "null",
        r#""https://desk.kvist.example""#,
    ] {
        let with = format!(r#""crossOrigin":false,"topOrigin":{top}"#);
        assert_eq!(framed(&with), Err(PasskeyError::Framed));
    }
    // Some browsers leave it out.
    assert_eq!(changed(r#","crossOrigin":false"#, ""), Ok(()));
    for wrong in [r#""crossOrigin":null"#, r#""crossOrigin":0"#] {
        assert_eq!(framed(wrong), Err(PasskeyError::ClientData));
    }
}

#[test]
fn only_what_was_made_to_sign_counts() {
    for other in ["webauthn.create", "payment.get", "webauthn.Get", ""] {
        assert_eq!(changed("webauthn.get", other), Err(PasskeyError::Purpose));
    }
}

#[test]
fn a_person_was_there_and_was_verified() {
    let usual = counsel().client_data(&CHALLENGE);
    let with = |flags| signed(&usual, HOST, flags);
    assert_eq!(with(0x00), Err(PasskeyError::Absent));
    assert_eq!(with(0x04), Err(PasskeyError::Absent));
    assert_eq!(with(0x01), Err(PasskeyError::Unverified));
    // A passkey that is kept on several devices.
    assert_eq!(with(VERIFIED | 0x08), Ok(()));
    assert_eq!(with(VERIFIED | 0x18), Ok(()));
    for contradiction in [VERIFIED | 0x10, VERIFIED | 0x40, VERIFIED | 0x80] {
        assert_eq!(with(contradiction), Err(PasskeyError::AuthenticatorData));
    }
}

#[test]
fn what_the_browser_says_is_said_once_and_in_full() {
    let refused = Err(PasskeyError::ClientData);
    let usual = counsel().client_data(&CHALLENGE);
    for (name, value) in [
        ("type", r#""webauthn.get""#),
        ("challenge", r#""other""#),
        ("origin", r#""https://desk.kvist.example""#),
        ("crossOrigin", "false"),
        // The same name, written in another way.
        (r"\u006frigin", r#""https://desk.kvist.example""#),
    ] {
        let twice = usual.replace('}', &format!(r#","{name}":{value}}}"#));
        assert_eq!(signed(&twice, HOST, VERIFIED), refused, "{twice}");
        let first = usual.replace('{', &format!(r#"{{"{name}":{value},"#));
        assert_eq!(signed(&first, HOST, VERIFIED), refused, "{first}");
    }
    for name in ["type", "challenge", "origin"] {
        let without = usual.replace(&format!(r#""{name}":"#), r#""x":"#);
        assert_eq!(signed(&without, HOST, VERIFIED), refused, "{without}");
    }
    let values = usual
        .replace(r#""type":"#, "")
        .replace(r#""challenge":"#, "");
    let values = values
        .replace(r#""origin":"#, "")
        .replace(r#""crossOrigin":"#, "");
    let list = format!("[{}]", values.trim_matches(['{', '}']));
    for wrong in [
        "",
        "{}",
        "null",
        &list,
        &format!("{usual}x"),
        &format!("{usual}{usual}"),
        &format!("\u{feff}{usual}"),
        &format!("[{usual}]"),
        &usual.replace('"', "'"),
    ] {
        assert_eq!(signed(wrong, HOST, VERIFIED), refused, "{wrong}");
    }
    // Browsers add to it, so that nobody compares it with a template.
    let more = usual.replace('}', r#","other_keys_can_be_added_here":[{"x":1}]}"#);
    assert_eq!(signed(&more, HOST, VERIFIED), Ok(()));
}

#[test]
fn the_challenge_is_written_in_one_way() {
    let plain = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc";
    for other in [
        format!("{plain}="),
        plain.replace("BwcHBwc\"", "BwcHBwd\""),
        format!("{}d", &plain[..42]),
        plain.to_lowercase(),
        format!(" {plain}"),
    ] {
        if other != plain {
            assert_eq!(
                changed(plain, &other),
                Err(PasskeyError::Challenge),
                "{other}"
            );
        }
    }
}

#[test]
fn nothing_stands_before_between_or_after() {
    let passkey = counsel();
    let usual = passkey.client_data(&CHALLENGE);
    let data = authenticator_data(HOST, VERIFIED);
    let verify = |assertion: &Assertion| passkey.key().verify(&CHALLENGE, assertion);
    // Signed by the authenticator itself, and refused all the same.
    for wrong in [
        [&data[..], &[0]].concat(),
        data[..36].to_vec(),
        data[..32].to_vec(),
        data[..31].to_vec(),
        Vec::new(),
    ] {
        let assertion = passkey.sign_as(&wrong, usual.as_bytes());
        assert_eq!(verify(&assertion), Err(PasskeyError::AuthenticatorData));
    }
    let good = passkey.sign(&CHALLENGE);
    for (assertion, why) in [
        (
            Assertion {
                signature: [&good.signature[..], &[0]].concat(),
                ..good.clone()
            },
            PasskeyError::Signature,
        ),
        (
            Assertion {
                signature: vec![0; 73],
                ..good.clone()
            },
            PasskeyError::Size,
        ),
        (
            Assertion {
                signature: Vec::new(),
                ..good.clone()
            },
            PasskeyError::Signature,
        ),
        (
            Assertion {
                client_data: vec![b' '; 4096],
                ..good.clone()
            },
            PasskeyError::Size,
        ),
        (
            Assertion {
                authenticator_data: vec![0; 1 << 20],
                ..good.clone()
            },
            PasskeyError::Size,
        ),
    ] {
        assert_eq!(verify(&assertion), Err(why));
    }
}

#[test]
fn a_signature_has_one_form_of_der() {
    let passkey = counsel();
    let good = passkey.sign(&CHALLENGE);
    let der = &good.signature;
    assert_eq!(der[0], 0x30);
    let (r_length, r) = (usize::from(der[3]), &der[4..]);
    // A zero more before the first number; a length in two bytes; as the 64 bytes of other formats.
    let padded = [
        &[0x30, der[1] + 1, 0x02, der[3] + 1, 0x00][..],
        &r[..r_length],
        &r[r_length..],
    ]
    .concat();
    let long = [&[0x30, 0x81, der[1]][..], &der[2..]].concat();
    let plain = Signature::from_der(der).unwrap().to_bytes().to_vec();
    for signature in [padded, long, plain] {
        let assertion = Assertion {
            signature,
            ..good.clone()
        };
        assert_eq!(
            passkey.key().verify(&CHALLENGE, &assertion),
            Err(PasskeyError::Signature)
        );
    }
}

#[test]
fn the_key_of_a_passkey_is_read_from_what_browsers_give_and_has_one_text() {
    let passkey = counsel();
    let key = passkey.key();
    assert_eq!(key.origin(), ORIGIN);
    assert_eq!(key.relying_party(), HOST);
    let text = key.to_text();
    assert!(text.starts_with("es256+A") && text.ends_with("+https://desk.kvist.example"));
    assert_eq!(text.parse::<PasskeyKey>(), Ok(key.clone()));
    let json = serde_json::to_string(&key).unwrap();
    assert_eq!(serde_json::from_str::<PasskeyKey>(&json).unwrap(), key);
    for at in 0..text.len() {
        let mut other = text.clone().into_bytes();
        other[at] ^= 1;
        let other = String::from_utf8(other).unwrap();
        assert_ne!(other.parse::<PasskeyKey>(), Ok(key.clone()), "{other}");
    }
    let (_, rest) = text.split_once('+').unwrap();
    let (point, _) = rest.split_once('+').unwrap();
    for wrong in [
        "",
        "es256",
        &format!("es256+{point}"),
        &format!("es256+{point}="),
        &format!("es256+{point}=+{ORIGIN}"),
        &format!("es384+{point}+{ORIGIN}"),
        &format!("es256+AA+{ORIGIN}"),
        &format!(" {text}"),
        &format!("{text} "),
        &format!("{text}\n"),
    ] {
        assert!(wrong.parse::<PasskeyKey>().is_err(), "{wrong:?}");
    }
}

#[test]
fn a_key_that_is_no_es256_key_is_refused() {
    let spki = counsel().spki();
    assert!(PasskeyKey::from_spki(&spki, ORIGIN).is_ok());
    // P-384 and secp256k1 in place of P-256; Ed25519 (RFC 8410); a point that is on no curve.
    let mut other_curve = spki.clone();
    let at = other_curve.len() - 65 - 4;
    other_curve[at] ^= 1;
    let ed25519 = [
        &[
            0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
        ][..],
        &[9; 32],
    ]
    .concat();
    let mut off_curve = spki.clone();
    *off_curve.last_mut().unwrap() ^= 1;
    for wrong in [
        other_curve,
        ed25519,
        off_curve,
        [&spki[..], &[0]].concat(),
        spki[..spki.len() - 1].to_vec(),
        Vec::new(),
    ] {
        assert_eq!(
            PasskeyKey::from_spki(&wrong, ORIGIN),
            Err(PasskeyError::Key)
        );
    }
    // Any flipped bit is another key or none.
    for bit in 0..spki.len() * 8 {
        let mut other = spki.clone();
        other[bit / 8] ^= 1 << (bit % 8);
        let read = PasskeyKey::from_spki(&other, ORIGIN);
        assert!(read != Ok(counsel().key()), "bit {bit}");
    }
}

#[test]
fn an_origin_is_written_as_browsers_write_it() {
    let read = |origin: &str| PasskeyKey::from_spki(&counsel().spki(), origin);
    for (right, host) in [
        ("https://desk.kvist.example", "desk.kvist.example"),
        ("https://desk.kvist.example:8443", "desk.kvist.example"),
        ("https://desk", "desk"),
        (
            "https://xn--rksmrgs-5wao1o.example",
            "xn--rksmrgs-5wao1o.example",
        ),
        ("http://localhost", "localhost"),
        ("http://localhost:8080", "localhost"),
        ("https://localhost:8443", "localhost"),
    ] {
        assert_eq!(read(right).unwrap().relying_party(), host);
        assert_eq!(read(right).unwrap().origin(), right);
    }
    let long = format!("https://{}.example", "a.".repeat(124).trim_end_matches('.'));
    for wrong in [
        "",
        "desk.kvist.example",
        "https://",
        "https://desk.kvist.example/",
        "https://desk.kvist.example.",
        "https://desk..example",
        "https://desk.kvist.example:443",
        "https://desk.kvist.example:",
        "https://desk.kvist.example:08443",
        "https://desk.kvist.example:70000",
        "https://desk.kvist.example:+80",
        "https://Desk.kvist.example",
        "https://dësk.example",
        "https://maja@desk.kvist.example",
        "https://desk_1.example",
        "https://-desk.example",
        "https://desk.kvist.example?x",
        "https://desk.kvist.example https://evil.example",
        "https://127.0.0.1",
        "https://desk.example.0x7f",
        "https://[::1]",
        "http://desk.kvist.example",
        "http://localhost:80",
        "http://app.localhost",
        "HTTPS://desk.kvist.example",
        "wss://desk.kvist.example",
        "android:apk-key-hash:abc",
        "null",
        &long,
    ] {
        assert_eq!(read(wrong), Err(PasskeyError::Origin), "{wrong:?}");
    }
}

#[test]
fn an_assertion_is_read_from_its_bytes_and_from_no_others() {
    let assertion = counsel().sign(&CHALLENGE);
    let bytes = assertion.to_bytes().unwrap();
    assert_eq!(Assertion::read(&bytes), Ok(assertion.clone()));
    for length in 0..bytes.len() {
        assert_eq!(Assertion::read(&bytes[..length]), Err(PasskeyError::Size));
    }
    let more = [&bytes[..], &[0]].concat();
    assert_eq!(Assertion::read(&more), Err(PasskeyError::Size));
    for absurd in [
        vec![0xff; 6],
        vec![0; 5],
        vec![0; 4097],
        vec![0xff; 1 << 20],
    ] {
        assert_eq!(Assertion::read(&absurd), Err(PasskeyError::Size));
    }
    let huge = Assertion {
        client_data: vec![b' '; 4096],
        ..assertion.clone()
    };
    assert_eq!(huge.to_bytes(), Err(PasskeyError::Size));
    // Filled to the last byte, it is read.
    let left = 4096 - bytes.len();
    let full = Assertion {
        client_data: [assertion.client_data.clone(), vec![b' '; left]].concat(),
        ..assertion
    };
    assert_eq!(full.to_bytes().map(|bytes| bytes.len()), Ok(4096));
    assert_eq!(Assertion::read(&full.to_bytes().unwrap()), Ok(full));
}

proptest! {
    #[test]
    fn a_flipped_bit_anywhere_makes_an_assertion_worthless(
        part in 0_usize..3, at in any::<prop::sample::Index>(), bit in 0_u8..8
    ) {
        let passkey = counsel();
        let mut assertion = passkey.sign(&CHALLENGE);
        let bytes = match part {
            0 => &mut assertion.authenticator_data,
            1 => &mut assertion.client_data,
            _ => &mut assertion.signature,
        };
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        prop_assert!(passkey.key().verify(&CHALLENGE, &assertion).is_err());
    }

    #[test]
    fn no_bytes_make_a_reader_of_passkeys_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let key = counsel().key();
        let _ = PasskeyKey::from_spki(&bytes, ORIGIN);
        let _ = String::from_utf8_lossy(&bytes).parse::<PasskeyKey>();
        if let Ok(assertion) = Assertion::read(&bytes) {
            let _ = key.verify(&CHALLENGE, &assertion);
        }
        let data = Sha256::digest(HOST).to_vec();
        let made = counsel().sign_as(&[&data[..], &bytes].concat(), &bytes);
        prop_assert!(key.verify(&CHALLENGE, &made).is_err());
    }
}
