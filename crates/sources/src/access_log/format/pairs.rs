//! `key=value` in the text of a message, as mail servers write it.

use super::super::entry::Entry;

/// Adds each `key=value` of `text`: a value ends at a comma or a blank, or where it begins with `<` at `>`.
pub(super) fn add<'l>(entry: &mut Entry<'l>, text: &'l str) {
    let mut rest = text;
    while let Some(sign) = rest.find('=') {
        let key_at = rest[..sign]
            .rfind(|letter: char| !(letter.is_ascii_alphanumeric() || "_.-".contains(letter)))
            .map_or(0, |at| {
                at + rest[at..].chars().next().map_or(1, char::len_utf8)
            });
        let key = &rest[key_at..sign];
        let before = rest[..key_at].chars().next_back();
        let value = &rest[sign + 1..];
        let (value, after) = match value.strip_prefix('<') {
            Some(inner) => match inner.find('>') {
                Some(end) => (&inner[..end], &inner[end + 1..]),
                None => ("", value),
            },
            None => {
                let end = value.find([',', ' ', ';']).unwrap_or(value.len());
                value.split_at(end)
            }
        };
        let begins = before.is_none_or(|letter| matches!(letter, ' ' | ',' | '(' | '['));
        if begins && key.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
            entry.push_pair(key, value);
        }
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_read_and_what_is_no_pair_is_not() {
        let mut entry = Entry::default();
        add(
            &mut entry,
            "Login: user=<a b@kvist.example>, method=PLAIN, rip=192.0.2.1, å=1 x==y url=http://x?z=1, TLS",
        );
        let expected = [
            ("user", Some("a b@kvist.example")),
            ("method", Some("PLAIN")),
            ("rip", Some("192.0.2.1")),
            ("x", Some("=y")),
            ("url", Some("http://x?z=1")),
            ("z", None),
            ("TLS", None),
        ];
        for (name, text) in expected {
            assert_eq!(entry.get(name), text, "{name}");
        }
        for text in ["=", "user=<", "a=<b", "==", "=<>=", "\u{e5}=<"] {
            add(&mut Entry::default(), text);
        }
    }

    #[test]
    fn what_a_line_begins_with_is_not_said_again_by_its_text() {
        let mut entry = Entry::default();
        entry.push("host", "mx");
        add(&mut entry, "host=other, time=0, message=x");
        assert_eq!(entry.get("host"), Some("mx"));
        assert_eq!((entry.get("time"), entry.get("message")), (None, None));
    }
}
