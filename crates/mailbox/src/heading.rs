//! What a message says of itself.

use mail_parser::MessageParser;

/// The head of a message is not longer, in bytes.
const LONGEST_HEAD: usize = 256 << 10;
/// A name or a subject is shown as far as that, in characters.
const LONGEST_SHOWN: usize = 120;

/// Sender and subject, as the message says: nothing of it is proved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// Who sent it, as a line: name and address.
    pub from: Option<String>,
    /// The subject, in one line.
    pub subject: Option<String>,
}

impl Heading {
    /// Reads it. What cannot be read is left out.
    #[must_use]
    pub fn of(message: &[u8]) -> Self {
        let begin = &message[..message.len().min(LONGEST_HEAD)];
        let end = [&b"\r\n\r\n"[..], b"\n\n"].into_iter().filter_map(|blank| {
            let place = begin
                .windows(blank.len())
                .position(|window| window == blank);
            // The last line counts when it has ended.
            place.map(|place| place + blank.len())
        });
        let head = &begin[..end.min().unwrap_or(begin.len())];
        let Some(message) = MessageParser::default().parse(head) else {
            return Self::default();
        };
        let sender = message.from().and_then(|from| from.first());
        let from = sender.and_then(|one| match (one.name(), one.address()) {
            (Some(name), Some(address)) => Some(format!("{name} <{address}>")),
            (None, Some(address)) => Some(address.to_owned()),
            (Some(name), None) => Some(name.to_owned()),
            (None, None) => None,
        });
        let line = |text: &str| {
            let words: Vec<_> = text.split_whitespace().collect();
            let line = words.join(" ");
            let clean = line.chars().filter(|c| !c.is_control());
            let shown: String = clean.take(LONGEST_SHOWN).collect();
            (!shown.is_empty()).then_some(shown)
        };
        Self {
            from: from.as_deref().and_then(line),
            subject: message.subject().and_then(line),
        }
    }

    /// A name for the file of the message.
    #[must_use]
    pub fn file_name(&self) -> String {
        let plain = |c: char| match c {
            '/' | '\\' | ':' | '"' | '<' | '>' | '|' | '?' | '*' => '_',
            other => other,
        };
        let subject: String = self
            .subject
            .as_deref()
            .unwrap_or("")
            .chars()
            .map(plain)
            .collect();
        let subject = subject.trim_matches(['.', ' ', '_']);
        match subject {
            "" => "mail.eml".to_owned(),
            named => format!("{named}.eml"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sender_and_subject_are_read_as_a_mail_program_reads_them() {
        let mail = b"Received: from x\r\nFrom: =?utf-8?q?Kalle_Bj=C3=B6rk?= <k.bjork@polisen.example>\r\nSubject: =?utf-8?q?Beslut=2F?=\r\n =?utf-8?q?AM-77?=\r\n\r\nSubject: another\r\n";
        let read = Heading::of(mail);
        assert_eq!(
            read.from.as_deref(),
            Some("Kalle Björk <k.bjork@polisen.example>")
        );
        assert_eq!(read.subject.as_deref(), Some("Beslut/AM-77"));
        assert_eq!(read.file_name(), "Beslut_AM-77.eml");
    }

    #[test]
    fn whatever_comes_has_a_name_of_one_line() {
        let long = format!("Subject: {}\r\n\r\n", "å".repeat(1000));
        for odd in [
            &b""[..],
            b"\r\n\r\n",
            b"Subject: ../../etc\r\n\r\n",
            b"Subject: a\x00b\x1b[2J\r\n\r\n",
            b"From: \r\nSubject:\r\n\r\n",
            &[0xff; 300_000],
            long.as_bytes(),
        ] {
            let name = Heading::of(odd).file_name();
            assert!(
                name.ends_with(".eml") && name.chars().count() < 200,
                "{name}"
            );
            assert!(
                !name.contains(['/', '\n', '\x1b', '\0']) && !name.starts_with('.'),
                "{name}"
            );
        }
    }
}
