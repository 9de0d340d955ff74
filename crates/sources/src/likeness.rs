//! Whether a stored name is like a wanted one without being it.
//!
//! Programs keep a line end at the end of a column, compose and decompose letters, add invisible
//! characters, write bytes instead of text and numbers instead of digits. Such a name is not the
//! account's beyond doubt, and not somebody else's either: a person decides.

use std::borrow::Cow;

use lagrum_model::is_invisible;
use memchr::memmem;
use unicode_normalization::UnicodeNormalization;

use crate::Wanted;

/// The longest name that is looked at, in bytes: 320 are the longest mail address (RFC 5321 section
/// 4.5.3.1), and some room for what a program put around it.
pub(crate) const NAME_LIMIT: usize = 4096;

/// How a stored name lies to a wanted account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// It is the account's name, or one of its other names.
    Same,
    /// It differs from one only in what programs change by themselves.
    Alike,
    /// It is another name.
    Other,
}

/// All names of one account.
#[derive(Clone, Debug)]
pub struct AllNames {
    names: Vec<Name>,
    likenesses: Vec<String>,
}

#[derive(Clone, Debug)]
enum Name {
    Email(String),
    Exact(String),
}

impl AllNames {
    /// The account and its other names.
    #[must_use]
    pub fn new(names: &[Wanted<'_>]) -> Self {
        let owned = |name: &Wanted<'_>| match name {
            Wanted::Email(name) => Name::Email((*name).to_owned()),
            Wanted::Exact(name) => Name::Exact((*name).to_owned()),
        };
        Self {
            names: names.iter().map(owned).collect(),
            likenesses: names.iter().map(|name| likeness(name.name())).collect(),
        }
    }

    /// Whether the account is named by an address.
    pub(crate) fn is_address(&self) -> bool {
        matches!(self.names.first(), Some(Name::Email(_)))
    }

    /// How `text` lies to the account.
    #[must_use]
    pub fn of_text(&self, text: &str) -> Named {
        let is = |name: &Name| match name {
            Name::Email(name) => Wanted::Email(name).is(text),
            Name::Exact(name) => Wanted::Exact(name).is(text),
        };
        if self.names.iter().any(is) {
            return Named::Same;
        }
        if text.len() > NAME_LIMIT || text.is_empty() {
            return Named::Other;
        }
        // Most of what is stored, of which a log may hold millions.
        let alike = match is_plain_address(text) {
            true => self
                .likenesses
                .iter()
                .any(|own| is_lower_case_of(own, text)),
            false => self.is_alike(&likeness(text)),
        };
        match alike {
            true => Named::Alike,
            false => Named::Other,
        }
    }

    fn is_alike(&self, alike: &str) -> bool {
        self.likenesses.iter().any(|own| own == alike) || self.is_without_its_domain(alike)
    }

    /// Whether a likeness is that of an address of the account whose domain was left out, or written
    /// before it as that of a network is (`KVIST\alder`).
    fn is_without_its_domain(&self, alike: &str) -> bool {
        let local = alike.rsplit('\\').next().unwrap_or(alike);
        !local.is_empty()
            && !alike.contains('@')
            && self.likenesses.iter().any(|own| {
                let own = own.rsplit_once('@');
                own.is_some_and(|(own, _)| own == local)
            })
    }

    /// How bytes lie to the account that are stored where a name should be: as UTF-8, or as Latin-1
    /// if they are none. Never [`Named::Same`]: bytes are no text.
    #[must_use]
    pub fn of_bytes(&self, bytes: &[u8]) -> Named {
        if bytes.len() > NAME_LIMIT {
            return Named::Other;
        }
        let text: Cow<'_, str> = match std::str::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
        };
        match self.of_text(&text) {
            Named::Same | Named::Alike => Named::Alike,
            Named::Other => Named::Other,
        }
    }
}

/// An address as programs write it for other programs, as it was: `a%40b.example` of a web address,
/// `a&#64;b.example` of a page, `b.example!a` of UUCP, `a%b.example` of relays.
fn undone(name: &str) -> Cow<'_, str> {
    if name.contains('@') {
        return name.into();
    }
    for sign in [
        "%40", "=40", "&#64;", "&#x40;", "&commat;", "(at)", "[at]", "%",
    ] {
        if let Some((local, domain)) = name.split_once(sign) {
            return format!("{local}@{domain}").into();
        }
    }
    match name.split_once('!') {
        Some((domain, local)) => format!("{local}@{domain}").into(),
        None => name.into(),
    }
}

/// Whether nothing but the case of its letters can be taken off an address.
fn is_plain_address(text: &str) -> bool {
    let mut signs = 0;
    let plain = text.bytes().all(|byte| {
        signs += u32::from(byte == b'@');
        byte.is_ascii_alphanumeric() || matches!(byte, b'@' | b'.' | b'-' | b'_' | b'+')
    });
    let punycode = |domain: &str| memmem::find(domain.as_bytes(), b"--").is_some();
    plain
        && signs == 1
        && !text.starts_with('.')
        && !text.ends_with('.')
        && !text.split('@').next_back().is_some_and(punycode)
}

fn is_lower_case_of(lower: &str, text: &str) -> bool {
    lower.len() == text.len()
        && (lower.bytes().zip(text.bytes())).all(|(lower, byte)| lower == byte.to_ascii_lowercase())
}

/// What is left of a name when everything is taken off that programs change by themselves.
fn likeness(name: &str) -> String {
    let is_seen = |character: &char| !character.is_whitespace() && !is_invisible(*character);
    let bare: String = match name.is_ascii() {
        // Which is in every form of Unicode already.
        true => (name.chars().filter(is_seen))
            .map(|character| character.to_ascii_lowercase())
            .collect(),
        false => (name.nfkc().filter(is_seen).flat_map(char::to_lowercase))
            // Lower case may have taken a letter apart.
            .nfkc()
            .collect(),
    };
    let bare = bare
        .trim_start_matches("mailto:")
        .trim_start_matches("acct:")
        .trim_matches(['<', '>', '"', '\'', '`', '.', ';', ',']);
    let written = undone(bare);
    if let Some((local, domain)) = written.rsplit_once('@') {
        let domain = idna::domain_to_ascii(domain).unwrap_or_else(|_| domain.to_owned());
        let local = local.trim_matches('"');
        return format!("{local}@{domain}");
    }
    // A number in a column of numbers loses its zeros, a telephone number its signs.
    let number = bare.strip_suffix(".0").unwrap_or(bare);
    let signs = |character: char| matches!(character, '+' | '-' | '/' | '(' | ')' | '.');
    if number.contains(|character: char| character.is_ascii_digit())
        && number
            .chars()
            .all(|character| character.is_ascii_digit() || signs(character))
    {
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        return digits.trim_start_matches('0').to_owned();
    }
    bare.to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_told_of_a_plain_address_at_once_is_what_its_likeness_says(
            text in "[a-cA-C0-9._+-]{0,4}@?[a-cA-CxXnN0-9._-]{0,6}(\\.[a-c]{0,3})?",
        ) {
            let alder = AllNames::new(&[Wanted::Email("ab@c.a"), Wanted::Email("a.b@xn--c")]);
            if is_plain_address(&text) {
                let (alike, slowly) = (alder.of_text(&text), alder.is_alike(&likeness(&text)));
                prop_assert_eq!(alike != Named::Other, slowly);
                let lower = likeness(&text);
                prop_assert!(is_lower_case_of(&lower, &text), "{}", lower);
            }
        }
    }

    #[test]
    fn what_programs_change_makes_a_name_alike_and_not_the_same() {
        let alder = AllNames::new(&[Wanted::Email("alder@kvist.example")]);
        assert_eq!(alder.of_text("ALDER@kvist.example"), Named::Same);
        for text in [
            "alder@kvist.example\r",
            " alder@kvist.example ",
            "alder@kvist.example\0\0",
            "al\u{200b}der@kvist.example",
            "\u{202e}alder@kvist.example",
            "<alder@kvist.example>",
            "mailto:alder@kvist.example",
            "alder@kvist.example.",
            "ａｌｄｅｒ＠kvist.example",
            "\"alder\"@kvist.example",
            "alder",
            "KVIST\\Alder",
            "alder%40kvist.example",
            "alder&#64;kvist.example",
            "alder%kvist.example",
            "kvist.example!alder",
            "a\0l\0d\0e\0r\0@\0k\0v\0i\0s\0t\0.\0e\0x\0a\0m\0p\0l\0e\0",
        ] {
            assert_eq!(alder.of_text(text), Named::Alike, "{text:?}");
            assert_eq!(alder.of_bytes(text.as_bytes()), Named::Alike, "{text:?}");
        }
        for text in [
            "",
            "balder@kvist.example",
            "balder",
            "alder\\x",
            "kvist.example",
            "alder%40other.example",
            "other.example!alder",
            "alder@kvist.example.evil",
            "al.der@kvist.example",
            "alder+x@kvist.example",
        ] {
            assert_eq!(alder.of_text(text), Named::Other, "{text:?}");
        }
        assert_eq!(alder.of_bytes(b"alder@kvist.example"), Named::Alike);
    }

    #[test]
    fn letters_in_any_form_are_alike() {
        let bjorn = AllNames::new(&[Wanted::Email("bj\u{f6}rn@xn--kvst-xpa.example")]);
        for text in [
            "bjo\u{308}rn@xn--kvst-xpa.example",
            "BJ\u{d6}RN@xn--kvst-xpa.example",
        ] {
            assert_eq!(bjorn.of_text(text), Named::Alike, "{text:?}");
        }
        let domain = idna::domain_to_unicode("xn--kvst-xpa.example").0;
        assert!(!domain.is_ascii());
        assert_eq!(bjorn.of_text(&format!("bj\u{f6}rn@{domain}")), Named::Alike);
        assert_eq!(
            bjorn.of_bytes(b"bj\xf6rn@xn--kvst-xpa.example"),
            Named::Alike,
            "Latin-1"
        );
    }

    #[test]
    fn a_number_is_alike_whatever_a_column_of_numbers_made_of_it() {
        let seven = AllNames::new(&[Wanted::Exact("007")]);
        for text in ["7", "7.0", "+7", "07"] {
            assert_eq!(seven.of_text(text), Named::Alike, "{text}");
        }
        let telephone = AllNames::new(&[Wanted::Exact("+46701234567")]);
        for text in ["46701234567", "+46 70-123 45 67", "0046701234567"] {
            assert_eq!(telephone.of_text(text), Named::Alike, "{text}");
        }
        assert_eq!(seven.of_text("70"), Named::Other);
    }

    #[test]
    fn another_name_of_the_account_is_the_account() {
        let names = [Wanted::Email("a@kvist.example"), Wanted::Exact("4711")];
        let names = AllNames::new(&names);
        assert_eq!(names.of_text("4711"), Named::Same);
        assert_eq!(names.of_text("A@kvist.example"), Named::Same);
    }
}
