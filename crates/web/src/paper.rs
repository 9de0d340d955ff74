//! What a person can read of a file without a program of its own: text, and the text of a mail.

use mail_parser::decoders::html::html_to_text;
use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders as _, PartType};

/// A text longer than this is not shown in a page; it can be taken as a file.
const LONGEST_SHOWN: usize = 256 << 10;
/// A mail longer than this, with what is attached to it, is not taken apart here.
const LONGEST_MAIL: usize = 16 << 20;
/// More parts than a mail of people has: messages inside messages cost memory for each.
const MOST_PARTS: usize = 500;
/// As many attachments are named.
const MOST_NAMED: usize = 50;

/// The text of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Words {
    /// In lines. What would move a terminal or hide in a page is made visible; nothing of it runs, nothing is fetched.
    pub(crate) text: String,
    /// Whether there is more than is shown.
    pub(crate) more: bool,
    /// Whether its end is missing, as when it was cut off on its way.
    pub(crate) cut_off: bool,
    /// Whether a mail says something in its formatted version that it does not say in its plain text, and both are
    /// there. Programs for mail show the one or the other.
    pub(crate) says_two_things: bool,
}

/// The text of a file. `None`: it is no text.
pub(crate) fn text_of(name: &str, bytes: &[u8]) -> Option<Words> {
    let read = match is_mail(name, bytes) {
        true => mail(bytes)?,
        false => Words {
            text: plain(bytes)?,
            ..Words::default()
        },
    };
    let shown = &read.text[..read.text.floor_char_boundary(LONGEST_SHOWN)];
    Some(Words {
        text: lagrum_documents::sanitize_for_terminal(shown),
        more: read.more || shown.len() < read.text.len(),
        cut_off: read.cut_off,
        says_two_things: read.says_two_things,
    })
}

fn plain(bytes: &[u8]) -> Option<String> {
    if bytes.len() > LONGEST_SHOWN {
        return None;
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let odd = text
        .chars()
        .filter(|c| c.is_control() && !"\n\r\t".contains(*c))
        .count();
    (odd * 20 <= text.len() + 100).then(|| text.replace("\r\n", "\n"))
}

/// By its name, or because it begins as mail does (RFC 5322).
fn is_mail(name: &str, bytes: &[u8]) -> bool {
    let begins = [
        "Received:",
        "Return-Path:",
        "From:",
        "Delivered-To:",
        "MIME-Version:",
    ];
    name.to_lowercase().ends_with(".eml")
        || begins
            .iter()
            .any(|begin| bytes.starts_with(begin.as_bytes()))
}

/// How many parts a mail can have at most: each names its kind in a line of its own.
fn parts(bytes: &[u8]) -> usize {
    const KIND: &[u8] = b"content-type:";
    let lines = bytes.split(|byte| *byte == b'\n');
    let names_kind = |line: &&[u8]| {
        let begin = line.get(..KIND.len());
        begin.is_some_and(|begin| begin.eq_ignore_ascii_case(KIND))
    };
    lines.filter(names_kind).count()
}

fn taken_apart(bytes: &[u8]) -> Option<Message<'_>> {
    if bytes.len() > LONGEST_MAIL || parts(bytes) > MOST_PARTS {
        return None;
    }
    MessageParser::default().parse(bytes)
}

/// A file that is attached to a mail.
pub(crate) struct Attached {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// What is attached to a mail, in order; nothing to what is no mail.
pub(crate) fn attached(name: &str, bytes: &[u8]) -> Vec<Attached> {
    if !is_mail(name, bytes) {
        return vec![];
    }
    let Some(message) = taken_apart(bytes) else {
        return vec![];
    };
    let all = message.attachments().take(MOST_NAMED);
    let file = |one: &MessagePart<'_>| Attached {
        name: one.attachment_name().unwrap_or("?").to_owned(),
        bytes: one.contents().to_vec(),
    };
    all.map(file).collect()
}

/// Whether the parts of a mail end as they should: the last boundary says so (RFC 2046, section 5.1.1).
fn has_end(message: &Message<'_>, bytes: &[u8]) -> bool {
    let boundary = message
        .content_type()
        .and_then(|kind| kind.attribute("boundary"));
    boundary.is_none_or(|boundary| {
        let end = format!("--{boundary}--");
        bytes.windows(end.len()).any(|here| here == end.as_bytes())
    })
}

/// Its sender, day and subject, all its words, and the names of what is attached.
fn mail(bytes: &[u8]) -> Option<Words> {
    let message = taken_apart(bytes)?;
    let mut out = String::new();
    for header in ["From", "To", "Date", "Subject"] {
        if let Some(raw) = message.header_raw(header) {
            let decoded = match header {
                "Subject" => message.subject().unwrap_or(raw).to_owned(),
                _ => raw.to_owned(),
            };
            let line = decoded.split_whitespace().collect::<Vec<_>>().join(" ");
            out.push_str(&format!("{header}: {line}\n"));
        }
    }
    out.push('\n');
    // What stands before a picture and what stands behind it are two of them.
    for (at, id) in message.text_body.iter().enumerate() {
        let body = match message.parts.get(*id as usize).map(|part| &part.body) {
            Some(PartType::Html(html)) => Some(words_of(html)),
            _ => message.body_text(at).map(|body| body.replace("\r\n", "\n")),
        };
        if let Some(body) = body {
            out.push_str(&body);
            out.push('\n');
        }
    }
    let formatted = formatted(&message);
    let says_two_things = !says_all_of(&out, &formatted);
    if says_two_things {
        out.push_str("\n----\n\n");
        out.push_str(&formatted);
        out.push('\n');
    }
    for one in message.attachments().take(MOST_NAMED) {
        let name = one.attachment_name().unwrap_or("?");
        out.push_str(&format!("[+] {name} ({})\n", one.contents().len()));
    }
    Some(Words {
        text: out,
        more: message.attachment_count() > MOST_NAMED,
        cut_off: !has_end(&message, bytes),
        says_two_things,
    })
}

/// The words of what a mail has formatted, as far as they are not its text already.
fn formatted(message: &Message<'_>) -> String {
    let is_text = |id: &u32| message.text_body.contains(id);
    let others = message.html_body.iter().filter(|id| !is_text(id));
    let parts = others.filter_map(|id| message.parts.get(*id as usize));
    let words = parts.filter_map(|part| match &part.body {
        PartType::Html(html) => Some(words_of(html)),
        _ => None,
    });
    words.collect::<Vec<_>>().join("\n")
}

/// The words of a page, in lines as they stand on it: what the library knows of ends of lines is too little, and words
/// of two cells or two points of a list are not one.
fn words_of(html: &str) -> String {
    let mut parted = String::with_capacity(html.len());
    let mut pieces = html.split('<');
    parted.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let name = piece.split(|c: char| !c.is_ascii_alphanumeric()).next();
        match name.unwrap_or_default().to_ascii_lowercase().as_str() {
            "td" | "th" => parted.push(' '),
            "p" | "div" | "li" | "ul" | "ol" | "tr" | "table" | "blockquote" | "pre" | "h1"
            | "h2" | "h3" | "h4" | "h5" | "h6" | "hr" => parted.push_str("<br>"),
            _ => {}
        }
        parted.push('<');
        parted.push_str(piece);
    }
    let words = html_to_text(&parted);
    let mut lines = words.lines().map(str::trim).collect::<Vec<_>>();
    lines.dedup_by(|one, before| one.is_empty() && before.is_empty());
    lines.join("\n").trim().to_owned()
}

/// Whether a text says all that another says, in the same order: words alone count, and how they stand does not.
fn says_all_of(text: &str, other: &str) -> bool {
    fn words(text: &str) -> impl Iterator<Item = String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
    }
    let mut said = words(text);
    words(other).all(|word| said.any(|one| one == word))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIL: &str = "From: =?utf-8?q?K=2E_Ek?= <k.ek@polisen.example>\r\nSubject: =?utf-8?q?Beg=C3=A4ran?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nHej\r\n--x\r\nContent-Type: text/html\r\n\r\n<script>alert(1)</script>\r\n--x\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=\"beslut.pdf\"\r\n\r\n%PDF\r\n--x--\r\n";

    #[test]
    fn a_mail_is_read_by_its_words_and_names_what_is_attached() {
        let text = text_of("a.eml", MAIL.as_bytes()).unwrap();
        assert!(!text.more && !text.cut_off);
        let text = text.text;
        for shown in [
            "k.ek@polisen.example",
            "Subject: Begäran",
            "Hej",
            "[+] beslut.pdf (4)",
        ] {
            assert!(text.contains(shown), "{shown} in {text}");
        }
    }

    #[test]
    fn all_words_of_a_mail_are_shown_or_it_is_said_that_there_are_more() {
        let part =
            |kind: &str, words: &str| format!("--x\r\nContent-Type: {kind}\r\n\r\n{words}\r\n");
        let head = "From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n";
        let [first, last] = ["before", "behind"].map(|words| part("text/plain", words));
        let mail = format!("{head}{first}{}{last}--x--\r\n", part("image/png", "seal"));
        let read = text_of("a.eml", mail.as_bytes()).unwrap();
        assert!(
            read.text.contains("before") && read.text.contains("behind"),
            "{}",
            read.text
        );
        assert!(!read.more && !read.cut_off);
        let cut = text_of("a.eml", &mail.as_bytes()[..mail.len() - 10]).unwrap();
        assert!(cut.cut_off && !cut.more);
        let long = format!(
            "{head}{}--x--\r\n",
            part("text/plain", &"word ".repeat(LONGEST_SHOWN / 4))
        );
        assert!(text_of("a.eml", long.as_bytes()).unwrap().more);
        let many = format!(
            "{head}{}--x--\r\n",
            part("application/pdf", "p").repeat(MOST_NAMED + 1)
        );
        assert!(text_of("a.eml", many.as_bytes()).unwrap().more);
    }

    #[test]
    fn what_a_mail_says_only_where_it_is_formatted_is_shown_and_said() {
        let both = |plain: &str, html: &str| {
            let mail = format!(
                "From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n\
                 --x\r\nContent-Type: text/plain\r\n\r\n{plain}\r\n\
                 --x\r\nContent-Type: text/html\r\n\r\n{html}\r\n--x--\r\n"
            );
            text_of("a.eml", mail.as_bytes()).unwrap()
        };
        // As programs for mail write it: the same words, with places of links and numbers of lists in the plain text.
        let same = both(
            "Please hand over:\r\n\r\n1. *Name*\r\n2. Address <https://b.example/law>\r\n",
            "<p>Please hand over:</p><ol><li><b>Name</b></li><li><a href=\"https://b.example/law\">Address</a></li></ol>",
        );
        assert!(
            !same.says_two_things && !same.text.contains("----"),
            "{}",
            same.text
        );
        for (plain, html) in [
            (
                "See the formatted version.",
                "<p>Hand over the mail of bo@kvist.example.</p>",
            ),
            (
                "Do hand over the mail.",
                "<p>Do not hand over the mail.</p>",
            ),
            ("", "<p>Hand over the mail.</p>"),
        ] {
            let two = both(plain, html);
            assert!(two.says_two_things, "{plain}");
            assert!(two.text.contains("and over the mail"), "{}", two.text);
        }
        // Where nothing is plain, what is formatted is its text.
        let html = "From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>Hand over</p>\r\n";
        let read = text_of("a.eml", html.as_bytes()).unwrap();
        assert!(read.text.contains("Hand over") && !read.says_two_things);
        let table = "<DIV>From<table><tr><td>1 May</td><td>2 May</td></tr><tr><td>a<b>n</b>n</td></tr></table></DIV>";
        assert_eq!(words_of(table), "From\n\n1 May 2 May\nann");
    }

    #[test]
    fn what_is_attached_to_a_mail_can_be_taken_and_to_nothing_else() {
        let all = attached("a.eml", MAIL.as_bytes());
        let said: Vec<_> = all.iter().map(|one| (&*one.name, &*one.bytes)).collect();
        assert_eq!(said, [("beslut.pdf", &b"%PDF"[..])]);
        assert!(attached("a.txt", b"no mail").is_empty());
    }

    /// A message inside another ends with the whole before its own parts began: in a development build an assertion
    /// of the library ended the thread.
    #[test]
    fn a_mail_whose_parts_end_before_they_begin_is_read_as_far_as_it_goes() {
        let mail = "0\nDate:\nContent-Type: multipart/mixed;\n boundary=\"=_b\"\nEnvel\n\nTo:\n--=_b17\x0b\0it\n\
            Content-Type:message/rfc822; si\n\nDel-: 8bit\nContent-Type: message/rfc822;\nnt;\n\n\nly.eet\n--=_b--\n";
        assert!(text_of("paper.eml", mail.as_bytes()).is_some());
    }

    #[test]
    fn what_is_no_text_is_not_shown_and_a_trick_of_writing_is_made_visible() {
        assert_eq!(text_of("a.pdf", b"%PDF-1.7\n\xff\xfe\x00"), None);
        assert_eq!(text_of("a.txt", &vec![b'x'; LONGEST_SHOWN + 1]), None);
        let text = text_of("a.txt", "a\u{202e}b\u{1b}[2J".as_bytes()).unwrap();
        let text = text.text;
        assert!(!text.contains(['\u{202e}', '\u{1b}']), "{text}");
        // Whatever comes as a mail, it ends.
        for odd in [
            &b""[..],
            b"From:",
            &[0xff; 1000],
            b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n--x",
        ] {
            let _ = text_of("a.eml", odd);
        }
    }
}
