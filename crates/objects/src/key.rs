//! Keys: bytes that are written into requests, read from listings, and shown to people.

use std::fmt::Write as _;

/// Writes bytes as Amazon's signatures want them (RFC 3986): letters, digits and `-._~` as they are, all else as
/// `%XX`; with `slashes` a `/` as it is too.
pub(crate) fn encoded(bytes: &[u8], slashes: bool) -> String {
    let mut text = String::with_capacity(bytes.len());
    for byte in bytes {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                text.push(char::from(*byte));
            }
            b'/' if slashes => text.push('/'),
            byte => {
                // Writing to a text never fails.
                let _ = write!(text, "%{byte:02X}");
            }
        }
    }
    text
}

/// Reads what a listing wrote under `encoding-type=url`: a form's encoding, in which `+` is a blank.
pub(crate) fn decoded(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        bytes.push(match first {
            b'%' => {
                let (pair, after) = after.split_at_checked(2)?;
                rest = after;
                let mut one = [0];
                hex::decode_to_slice(pair, &mut one).ok()?;
                one[0]
            }
            b'+' => b' ',
            other => *other,
        });
    }
    Some(bytes)
}

/// A key as people read it: text, in which `%XX` stands for what is none, what cannot be seen or steers how a line is
/// shown, and for `%` itself. No two keys are shown alike.
#[must_use]
pub fn shown(key: &[u8]) -> String {
    let mut text = String::with_capacity(key.len());
    for piece in key.utf8_chunks() {
        for letter in piece.valid().chars() {
            if letter == '%' || letter.is_control() || steers(letter) {
                let mut bytes = [0; 4];
                text += &encoded_all(letter.encode_utf8(&mut bytes).as_bytes());
            } else {
                text.push(letter);
            }
        }
        text += &encoded_all(piece.invalid());
    }
    text
}

fn encoded_all(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "%{byte:02X}");
        text
    })
}

/// Marks of direction, separators of lines, and what has no width.
fn steers(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_written_so_that_it_is_read_again() {
        let all: Vec<u8> = (0..=255).collect();
        let written = encoded(&all, false);
        assert!(written.is_ascii() && !written.contains(['/', '+', ' ']));
        assert_eq!(decoded(&written), Some(all.clone()));
        assert_eq!(encoded(b"a/b c+d", true), "a/b%20c%2Bd");
        assert_eq!(decoded("a+b%2Bc"), Some(b"a b+c".to_vec()));
        for torn in ["%", "%4", "%zz", "a%"] {
            assert_eq!(decoded(torn), None, "{torn}");
        }
    }

    #[test]
    fn a_key_is_shown_on_one_line_and_as_no_other_key_is() {
        for (key, text) in [
            (&b"a/b.txt"[..], "a/b.txt"),
            ("a/räksmörgås 🦐".as_bytes(), "a/räksmörgås 🦐"),
            (b"a\nb\x7f", "a%0Ab%7F"),
            (b"a%0Ab", "a%250Ab"),
            (b"\xff\xc3", "%FF%C3"),
            ("a\u{202e}gpj.exe".as_bytes(), "a%E2%80%AEgpj.exe"),
            (b"../../etc/passwd", "../../etc/passwd"),
        ] {
            assert_eq!(shown(key), text);
        }
    }
}
