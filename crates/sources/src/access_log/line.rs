//! One line of a log: its fields, and whose it is.

use std::borrow::Cow;
use std::fmt;

use memchr::memmem::Finder;
use memchr::{memchr, memchr2};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::entry::Fields;
use super::mention::Mention;
use crate::Wanted;
use crate::likeness::{AllNames, Named};

/// The text of a value that is text.
pub(super) fn text_of(value: &RawValue) -> Option<Cow<'_, str>> {
    let raw = value.get();
    // What stands between its quotation marks, if nothing is escaped there.
    let bare = (raw
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"')))
    .filter(|bare| memchr(b'\\', bare.as_bytes()).is_none());
    match bare {
        Some(bare) => Some(bare.into()),
        None => serde_json::from_str::<String>(raw).ok().map(Cow::from),
    }
}

/// Reads `line` as one JSON object, and of it the fields `names`: a name is that of a field, or a path through
/// fields (`user.id`).
pub(super) fn fields<'l>(line: &'l [u8], names: &[String]) -> Option<Fields<'l>> {
    let mut deserializer = serde_json::Deserializer::from_slice(line);
    let fields = deserializer.deserialize_map(Asked(names)).ok()?;
    deserializer.end().ok()?;
    Some(fields)
}

/// Whether a line that is not an object says all the same, in its field `name`, whose it is: web
/// servers write escapes that JSON does not know, and those lines are their owners'.
pub(super) fn names_somebody(line: &[u8], name: &Finder<'_>) -> bool {
    if !line.starts_with(b"{") || !line.ends_with(b"}") {
        return false;
    }
    let mut from = 0;
    while let Some(found) = line.get(from..).and_then(|rest| name.find(rest)) {
        from += found + name.needle().len();
        let value = line[from..]
            .trim_ascii_start()
            .strip_prefix(b":")
            .and_then(|rest| rest.trim_ascii_start().strip_prefix(b"\""));
        let text = value.and_then(|value| Some(&value[..memchr2(b'"', b'\\', value)?]));
        if let (Some(value), Some(text)) = (value, text) {
            return value[text.len()] == b'"';
        }
    }
    false
}

struct Asked<'n>(&'n [String]);

impl<'de> Visitor<'de> for Asked<'_> {
    type Value = Fields<'de>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Fields<'de>, A::Error> {
        let mut values: Vec<Option<Cow<'de, RawValue>>> = vec![None; self.0.len()];
        let mut twice = false;
        let mut put = |place: usize, value: &'de RawValue| {
            twice |= values[place].is_some();
            values[place] = Some(Cow::Borrowed(value));
        };
        let mut within_twice = false;
        while let Some((place, within)) = access.next_key_seed(Name(self.0))? {
            if place.is_none() && within.is_empty() {
                access.next_value::<IgnoredAny>()?;
                continue;
            }
            let value = access.next_value::<&'de RawValue>()?;
            if let Some(place) = place {
                put(place, value);
            }
            for (place, rest) in within {
                let Some(inner) = fields(value.get().as_bytes(), &[rest]) else {
                    continue;
                };
                within_twice |= inner.twice;
                if let [Some(Cow::Borrowed(value))] = inner.values.as_slice() {
                    put(place, value);
                }
            }
        }
        Ok(Fields {
            values,
            twice: twice || within_twice,
            at: None,
        })
    }
}

/// Tells the place of a field's name among those that are asked for, and of those that lie within it, each with
/// the rest of its path.
struct Name<'n>(&'n [String]);

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = (Option<usize>, Vec<(usize, String)>);
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = (Option<usize>, Vec<(usize, String)>);
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }
    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        let place = self.0.iter().position(|one| one == name);
        let within = self.0.iter().enumerate().filter_map(|(place, one)| {
            let rest = one.as_bytes().get(name.len()..)?.strip_prefix(b".")?;
            let path = one.get(one.len() - rest.len()..)?;
            (one.starts_with(name)).then(|| (place, path.to_owned()))
        });
        Ok((place, within.collect()))
    }
}

/// Whose a line is, as its account field says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// The account's.
    Theirs,
    /// Of somebody whose name is like the account's.
    Alike,
    /// Somebody else's.
    Another,
    /// The field is not there, or says nobody (null, empty, `-`).
    Nobody,
    /// The field is of a kind that names no account.
    NoName,
}

/// The wanted account, made ready for many lines.
pub(super) struct Account<'a> {
    names: AllNames,
    mentions: Vec<Mention<'a>>,
}

impl<'a> Account<'a> {
    /// The account with its other names.
    pub(super) fn new(names: &[Wanted<'a>]) -> Self {
        Self {
            names: AllNames::new(names),
            mentions: names.iter().map(|name| Mention::new(*name)).collect(),
        }
    }

    /// What the account field says.
    pub(super) fn whose(&self, value: Option<&RawValue>) -> Whose {
        let Some(raw) = value.map(RawValue::get) else {
            return Whose::Nobody;
        };
        let named = match raw.as_bytes().first() {
            Some(b'n') => return Whose::Nobody,
            Some(b'"') => match value.and_then(text_of) {
                Some(text) if matches!(text.trim(), "" | "-") => return Whose::Nobody,
                Some(text) => self.names.of_text(&text),
                None => return Whose::NoName,
            },
            Some(b'0'..=b'9' | b'-') => self.names.of_text(raw),
            _ => return Whose::NoName,
        };
        match named {
            Named::Same => Whose::Theirs,
            Named::Alike => Whose::Alike,
            Named::Other => Whose::Another,
        }
    }

    /// Whether the account is mentioned anywhere in `text`, a line with its escapes undone. Where the
    /// line names somebody else, a name that is a number is none.
    pub(super) fn is_mentioned(&self, text: &[u8], whose: Option<Whose>) -> bool {
        self.mentions
            .iter()
            .filter(|mention| whose != Some(Whose::Another) || !mention.is_number())
            .any(|mention| mention.is_in(text))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::mention::unescaped;
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    fn account(wanted: Wanted<'_>) -> Account<'_> {
        Account::new(&[wanted])
    }

    #[test]
    fn a_line_is_one_object_and_gives_each_value_as_it_is_written() {
        let asked = names(&["n", "o", "gone"]);
        let line = br#" {"x":[1,{"n":2}],"n":0.10,"o":{"a":1, "a":2}} "#;
        let read = fields(line, &asked).expect("an object");
        let values: Vec<_> = read
            .values
            .iter()
            .map(|v| v.as_deref().map(RawValue::get))
            .collect();
        assert_eq!(values, [Some("0.10"), Some(r#"{"a":1, "a":2}"#), None]);
        assert!(!read.twice);
        assert!(fields(br#"{"n":1,"\u006e":2}"#, &asked).expect("one").twice);
        assert!(!fields(br#"{"x":1,"x":2}"#, &asked).expect("one").twice);
        for line in ["[1]", "", "{", "{}{}", "{'n':1}", r#"{"x":"\x22"}"#] {
            assert!(fields(line.as_bytes(), &asked).is_none(), "{line}");
        }
    }

    #[test]
    fn a_field_within_others_is_found_by_its_path_and_one_with_a_dot_in_its_name_too() {
        let asked = names(&["user.id", "a.b.c", "x.y"]);
        let of = |line: &str| {
            let read = fields(line.as_bytes(), &asked).expect("an object");
            let values = read
                .values
                .iter()
                .map(|v| v.as_deref().map(|v| v.get().to_owned()));
            (values.collect::<Vec<_>>(), read.twice)
        };
        let some = |text: &str| Some(text.to_owned());
        let (values, twice) =
            of(r#"{"user":{"name":1,"id":"ek"},"a":{"b":{"c":[1]}},"x":{"y.z":1}}"#);
        assert_eq!(
            (values, twice),
            (vec![some(r#""ek""#), some("[1]"), None], false)
        );
        assert_eq!(
            of(r#"{"user.id":"ek","a":{"b":7}}"#),
            (vec![some(r#""ek""#), None, None], false)
        );
        assert_eq!(of(r#"{"a.b":{"c":2},"a":1}"#).0[1], some("2"));
        for line in [
            r#"{"user.id":"ek","user":{"id":"bo"}}"#,
            r#"{"user":{"id":"ek","id":"bo"}}"#,
            r#"{"user":{"id":"ek"},"user":{"id":"bo"}}"#,
        ] {
            assert!(of(line).1, "{line}");
        }
    }

    #[test]
    fn a_broken_line_may_say_whose_it_is() {
        let user = Finder::new("\"user\"");
        for line in [
            r#"{"user":"ek@kvist.example","ua":"\x22"}"#,
            r#"{"ua":"\xE5", "user" : "-"}"#,
            r#"{"what":"user","user":"ek"}}"#,
        ] {
            assert!(names_somebody(line.as_bytes(), &user), "{line}");
        }
        for line in [
            "plain",
            r#"{"user":"al\x64er"}"#,
            r#"{"user":"e"#,
            r#"{'user':'ek'}"#,
            r#"{"user":7,"#,
        ] {
            assert!(!names_somebody(line.as_bytes(), &user), "{line}");
        }
    }

    #[test]
    fn depth_is_no_danger() {
        let deep = format!("{{\"x\":{}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(fields(deep.as_bytes(), &names(&["n"])).is_some());
        let deep = format!("{{\"n\":{}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(fields(deep.as_bytes(), &names(&["n"])).is_some());
    }

    #[test]
    fn the_account_field_says_whose_a_line_is() {
        let alder = account(Wanted::Email("alder@kvist.example"));
        let seven = account(Wanted::Exact("7"));
        let whose = |account: &Account<'_>, json: &str| {
            account.whose(Some(&RawValue::from_string(json.to_owned()).expect("json")))
        };
        for (json, expected) in [
            (r#""Alder@kvist.example""#, Whose::Theirs),
            (r#""al\u0064er@kvist.example""#, Whose::Theirs),
            (r#""alder@kvist.example\r""#, Whose::Alike),
            (r#""birch@kvist.example""#, Whose::Another),
            (r#""""#, Whose::Nobody),
            (r#""-""#, Whose::Nobody),
            ("null", Whose::Nobody),
            ("7", Whose::Another),
            ("true", Whose::NoName),
            (r#"["alder@kvist.example"]"#, Whose::NoName),
            (r#""\ud800""#, Whose::NoName),
        ] {
            assert_eq!(whose(&alder, json), expected, "{json}");
        }
        assert_eq!(whose(&seven, "7"), Whose::Theirs);
        assert_eq!(whose(&seven, r#""7""#), Whose::Theirs);
        assert_eq!(whose(&seven, "7.0"), Whose::Alike);
        assert_eq!(alder.whose(None), Whose::Nobody);
    }

    proptest! {
        #[test]
        fn a_line_of_the_account_is_the_accounts_and_mentions_it(
            name in "[a-zA-Z0-9/\"\\\\å😀]{1,8}(@[a-z]{1,5}\\.example)?",
            upper in any::<bool>(),
            escapes in prop::collection::vec(any::<bool>(), 32),
        ) {
            let normal = name.to_ascii_lowercase();
            let is_email = name.contains('@');
            let wanted = if is_email { Wanted::Email(&normal) } else { Wanted::Exact(&name) };
            let written = if is_email && upper { name.to_ascii_uppercase() } else { name.clone() };
            let mut escaped = String::new();
            for (index, unit) in written.chars().enumerate() {
                if escapes[index % 32] {
                    for unit in unit.encode_utf16(&mut [0; 2]) {
                        escaped.push_str(&format!("\\u{unit:04x}"));
                    }
                } else {
                    let quoted = serde_json::to_string(&unit).expect("json");
                    escaped.push_str(&quoted[1..quoted.len() - 1]);
                }
            }
            let line = format!("{{\"user\":\"{escaped}\",\"ip\":\"192.0.2.1\"}}");
            let account = account(wanted);
            let read = fields(line.as_bytes(), &names(&["user"])).expect("an object");
            prop_assert_eq!(account.whose(read.values[0].as_deref()), Whose::Theirs);
            prop_assert!(account.is_mentioned(&unescaped(line.as_bytes()), None), "{}", line);
        }
    }
}
