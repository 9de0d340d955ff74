//! What a line that may begin a message looks like, and what follows it.

use memchr::{memchr, memchr2};

/// How long a `From ` line may be.
pub(super) const LINE: usize = 4096;

/// How much of what follows is looked at.
const FOLLOWING: usize = 8192;

/// So many quoted lines of envelopes are passed over before a header.
const QUOTED: usize = 8;

/// So many lines are near.
const NEARBY: usize = 16;

/// So many lines of a header are looked at while all of them are fields.
const FAR: usize = 64;

/// The longest name of a field.
const NAME: usize = 256;

/// So many bytes from `From` on suffice to tell what it is.
pub(super) const AHEAD: usize = 4 + LINE + FOLLOWING + 2;

/// How a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// LF, or CR LF.
    Newline,
    /// CR alone, as on an old Macintosh.
    Return,
    /// The file ends.
    File,
    /// Not within [`LINE`] bytes.
    Beyond,
}

/// What a `From ` line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A sender and a date, as whoever delivers mail writes them.
    Envelope,
    /// What git writes before a patch.
    Patch,
    /// Anything else.
    Words,
}

/// The word that begins a message, in the letters in which it is found.
pub(super) const WORDS_FROM: [&[u8]; 3] = [b"From", b"from", b"FROM"];

/// Whether `bytes` begin with that word as those who write mailboxes write it: in these letters, and
/// with a blank or a line end behind it.
pub(super) fn as_usual(bytes: &[u8]) -> bool {
    bytes.starts_with(b"From") && matches!(bytes.get(4), None | Some(b' ' | b'\t' | b'\r' | b'\n'))
}

/// A line from `From` on, with what follows it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    /// Written as those who write mailboxes write it.
    pub(super) usual: bool,
    pub(super) shape: Shape,
    pub(super) ending: Ending,
    /// Where the next line begins, counted from `From`.
    pub(super) after: usize,
    pub(super) next: Next,
}

/// What follows a `From ` line.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Next {
    /// The next line is a header field of any name.
    pub(super) field: bool,
    /// The next line is a field that messages have.
    pub(super) known: bool,
    /// The next line is a field that whoever delivers mail puts first.
    pub(super) trace: bool,
    /// Nothing but fields stands before the first empty line, or in what was looked at.
    pub(super) sound: bool,
    /// How many fields that messages have stand before the first empty line.
    pub(super) fields: usize,
    /// Whether one stands there, or in the paragraph after an empty line that follows at once.
    pub(super) nearby: bool,
}

/// Reads the mark that begins at the start of `bytes`; `None` when it is none, whatever follows.
pub(super) fn mark(bytes: &[u8]) -> Option<Mark> {
    let (word, rest) = bytes.split_at_checked(4)?;
    let usual = as_usual(bytes);
    // Another sign that nobody sees stands where the blank should be, or the letters are others.
    let altered = !rest.first().is_some_and(u8::is_ascii_graphic) && WORDS_FROM.contains(&word);
    if !usual && !altered {
        return None;
    }
    let line = &rest[..rest.len().min(LINE)];
    let (length, ending) = match memchr2(b'\n', b'\r', line) {
        Some(at) if line[at] == b'\n' => (at + 1, Ending::Newline),
        Some(at) if rest.get(at + 1) == Some(&b'\n') => (at + 2, Ending::Newline),
        Some(at) => (at + 1, Ending::Return),
        None if line.len() < rest.len() => (line.len(), Ending::Beyond),
        None => (line.len(), Ending::File),
    };
    let shape = shape(&line[..length.min(line.len())]);
    if !usual && shape != Shape::Envelope {
        return None;
    }
    let following = &rest[length..];
    Some(Mark {
        usual,
        shape,
        ending,
        after: 4 + length,
        next: next(&following[..following.len().min(FOLLOWING)]),
    })
}

/// The lines of `bytes`, ended by LF, CR LF or CR, without their ends.
fn lines(mut bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        if bytes.is_empty() {
            return None;
        }
        let Some(end) = memchr2(b'\n', b'\r', bytes) else {
            return Some(std::mem::take(&mut bytes));
        };
        let line = &bytes[..end];
        let crlf = bytes[end..].starts_with(b"\r\n");
        bytes = &bytes[end + 1 + usize::from(crlf)..];
        Some(line)
    })
}

fn next(bytes: &[u8]) -> Next {
    let mut found = Next {
        sound: true,
        ..Next::default()
    };
    // A second line of an envelope may stand before the header, quoted, and a few more.
    let mut quoted = 0;
    let mut lines = lines(bytes)
        .skip_while(|line| {
            quoted += 1;
            quoted <= QUOTED && line.starts_with(b">From ")
        })
        .peekable();
    let first = lines.peek().copied().unwrap_or_default();
    if let Some(name) = field(first) {
        found.field = true;
        found.known = is_known(name);
        found.trace = is_trace(name);
    } else {
        found.sound = false;
    }
    let mut empty = 0;
    for (number, line) in lines.enumerate() {
        if number == if found.sound { FAR } else { NEARBY } {
            break;
        }
        match (line.first(), field(line)) {
            (None, _) if number == 0 => empty = 1,
            // Another line of this kind: it speaks for itself.
            _ if matches!(line, b"From" | [b'F', b'r', b'o', b'm', b' ' | b'\t', ..]) => {
                found.sound = false;
                break;
            }
            (None, _) => break,
            (_, Some(name)) if is_known(name) => {
                found.nearby = true;
                found.fields += usize::from(empty == 0);
            }
            (_, Some(_)) | (Some(b' ' | b'\t'), _) => {}
            (Some(_), None) => found.sound = false,
        }
    }
    found
}

/// The name of the field that `line` is, if it is one (RFC 5322 section 2.2).
pub(super) fn field(line: &[u8]) -> Option<&[u8]> {
    let length = line
        .iter()
        .take(NAME)
        .take_while(|byte| matches!(byte, 33..=57 | 59..=126))
        .count();
    let colon = line[length..]
        .iter()
        .find(|byte| !matches!(byte, b' ' | b'\t'));
    (length > 0 && colon == Some(&b':')).then_some(&line[..length])
}

/// Names of fields, in small letters and in their order; one that ends in `-` stands for all that begin so.
struct Names<const N: usize> {
    all: [&'static str; N],
    /// Where those with each letter begin, and the end of all.
    begin: [usize; 27],
}

/// Fields that messages have.
static KNOWN: Names<27> = Names::new([
    "arc-",
    "authentication-results",
    "bcc",
    "cc",
    "comments",
    "content-",
    "date",
    "dkim-signature",
    "errors-to",
    "from",
    "importance",
    "in-reply-to",
    "keywords",
    "lines",
    "list-",
    "message-id",
    "mime-version",
    "organization",
    "precedence",
    "priority",
    "references",
    "reply-to",
    "resent-",
    "sender",
    "subject",
    "to",
    "user-agent",
]);

/// Fields that whoever delivers or keeps mail puts before all others.
static TRACE: Names<7> = Names::new([
    "delivered-to",
    "delivery-date",
    "envelope-to",
    "received",
    "return-path",
    "status",
    "x-",
]);

impl<const N: usize> Names<N> {
    const fn new(all: [&'static str; N]) -> Self {
        let (mut begin, mut letter, mut at) = ([N; 27], 0, 0);
        while letter < 26 {
            begin[letter] = at;
            while at < N && all[at].as_bytes()[0] == b'a' + letter as u8 {
                at += 1;
            }
            letter += 1;
        }
        assert!(at == N, "the names stand in their order");
        Self { all, begin }
    }

    /// Whether this is one of them, in whatever letters.
    fn hold(&self, name: &[u8]) -> bool {
        let first = name.first().map_or(u8::MAX, u8::to_ascii_lowercase);
        let letter = usize::from(first.wrapping_sub(b'a'));
        let Some([from, to]) = self.begin.get(letter..letter + 2) else {
            return false;
        };
        self.all[*from..*to].iter().any(|known| {
            let (known, whole) = (known.as_bytes(), !known.ends_with('-'));
            name.get(..known.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(known))
                && (!whole || name.len() == known.len())
        })
    }
}

fn is_known(name: &[u8]) -> bool {
    KNOWN.hold(name) || is_trace(name)
}

fn is_trace(name: &[u8]) -> bool {
    TRACE.hold(name)
}

const DAYS: [&[u8]; 7] = [b"mon", b"tue", b"wed", b"thu", b"fri", b"sat", b"sun"];
const MONTHS: [&[u8]; 12] = [
    b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec",
];

/// Most words of a `From ` line that are looked at: a sender of four, and a date of eight.
const WORDS: usize = 16;

/// What the rest of a line says that begins with `From`.
fn shape(rest: &[u8]) -> Shape {
    // No date without a time.
    if memchr(b':', rest).is_none() {
        return Shape::Words;
    }
    let words = rest
        .split(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b','))
        .filter(|word| !word.is_empty());
    let (mut room, mut count) = ([&rest[..0]; WORDS], 0);
    for (place, word) in room.iter_mut().zip(words) {
        *place = word;
        count += 1;
    }
    let words = &room[..count];
    for (place, first) in words.iter().enumerate().take(5) {
        if !first.is_empty() && is_date(&words[place..]) {
            let sender = words[..place].first().copied().unwrap_or_default();
            let git = words[place..].starts_with(&[b"Mon", b"Sep", b"17", b"00:00:00", b"2001"]);
            let digest =
                matches!(sender.len(), 40 | 64) && sender.iter().all(u8::is_ascii_hexdigit);
            return if git && digest {
                Shape::Patch
            } else {
                Shape::Envelope
            };
        }
    }
    Shape::Words
}

/// Whether `words` are a date with a time, as those who write mailboxes write one: `Mon Mar  9
/// 12:00:00 2026`, with a zone in any place, or the dates of RFC 5322 and ISO 8601.
fn is_date(words: &[&[u8]]) -> bool {
    let mut words = words;
    if words.first().is_some_and(|word| named(&DAYS, word)) {
        words = &words[1..];
    }
    if let [day, rest @ ..] = words
        && iso(day)
    {
        return day.len() > 10 || rest.first().is_some_and(|word| time(word));
    }
    match words {
        [month, day, rest @ ..] if named(&MONTHS, month) && number(day, 1, 2) => {
            has(rest, time) && has(rest, year)
        }
        [day, month, rest @ ..] if named(&MONTHS, month) && number(day, 1, 2) => {
            has(rest, time) && has(rest, year)
        }
        _ => false,
    }
}

fn has(words: &[&[u8]], kind: fn(&[u8]) -> bool) -> bool {
    words.iter().take(5).any(|word| kind(word))
}

fn named(names: &[&[u8]], word: &[u8]) -> bool {
    names.iter().any(|name| name.eq_ignore_ascii_case(word))
}

fn number(word: &[u8], least: usize, most: usize) -> bool {
    (least..=most).contains(&word.len()) && word.iter().all(u8::is_ascii_digit)
}

fn year(word: &[u8]) -> bool {
    number(word, 4, 4)
}

/// `9:05`, `09:05:07`, and what is written behind the seconds.
fn time(word: &[u8]) -> bool {
    let mut parts = word.split(|byte| *byte == b':');
    parts.next().is_some_and(|part| number(part, 1, 2))
        && parts
            .next()
            .is_some_and(|part| part.len() >= 2 && number(&part[..2], 2, 2))
}

/// `2026-03-09`, perhaps with `T12:00:00Z` behind it.
fn iso(word: &[u8]) -> bool {
    let part = |from: usize, to: usize| word.get(from..to).is_some_and(|p| number(p, 1, 4));
    part(0, 4)
        && part(5, 7)
        && part(8, 10)
        && word[4] == b'-'
        && word[7] == b'-'
        && (word.len() == 10 || (word[10] == b'T' && time(&word[11..])))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str) -> Shape {
        mark(line.as_bytes()).expect("a mark").shape
    }

    #[test]
    fn an_envelope_has_a_sender_and_a_date_in_any_of_the_forms_in_use() {
        for line in [
            "From bob@kvist.example Mon Mar  9 12:00:00 2026",
            "From - Mon Mar 09 12:00:00 2026",
            "From ???@??? Mon Mar 09 12:00:00 2026",
            "From Mon Mar  9 12:00:00 2026",
            "From bob at kvist.example  Mon Mar  9 12:00:00 2026",
            "From 1790000000000000001@xxx Mon Mar 09 12:00:00 +0000 2026",
            "From bob Mon Mar  9 12:00 EST 2026 remote from hugin",
            "From bob@kvist.example Mon Mar  9 12:00:00 2026 +0100",
            "From bob@kvist.example Mon, 9 Mar 2026 12:00:00 +0000",
            "From bob@kvist.example 2026-03-09 12:00:00",
            "From bob@kvist.example 2026-03-09T12:00:00Z",
            "From 0123456789abcdef0123456789abcdef01234567 Mon Mar  9 12:00:00 2026",
        ] {
            assert_eq!(of(line), Shape::Envelope, "{line}");
        }
        for line in [
            "From the archive",
            "From",
            "From ",
            "From a",
            "From mutt's documentation, I was able to",
            "From March 2026 on, all of us",
            "From Monday, 12:00 on",
            "From what I saw on the ninth Mar 9",
        ] {
            assert_eq!(of(line), Shape::Words, "{line}");
        }
        for digest in [40, 64] {
            let line = format!("From {} Mon Sep 17 00:00:00 2001", "a".repeat(digest));
            assert_eq!(of(&line), Shape::Patch, "{line}");
        }
    }

    #[test]
    fn every_field_that_messages_have_is_known_in_whatever_letters() {
        for name in KNOWN.all.iter().chain(&TRACE.all) {
            let more = match name.ends_with('-') {
                true => format!("{name}more"),
                false => (*name).to_owned(),
            };
            assert!(is_known(more.as_bytes()), "{more}");
            assert!(is_known(more.to_uppercase().as_bytes()), "{more}");
            assert!(!is_known(&more.as_bytes()[..name.len() - 1]), "{name}");
            let longer = format!("{name}s").into_bytes();
            assert_eq!(is_known(&longer), name.ends_with('-'), "{name}");
            assert_eq!(is_trace(more.as_bytes()), TRACE.all.contains(name));
        }
        for name in ["", "apparently-to", "zone", "`x", "{x", "\u{e4}"] {
            assert!(!is_known(name.as_bytes()), "{name}");
        }
    }

    #[test]
    fn only_a_word_of_its_own_is_a_mark() {
        for text in ["From:", "Fromage", "from x", "Fro"] {
            assert!(mark(text.as_bytes()).is_none(), "{text}");
        }
    }

    #[test]
    fn every_end_of_a_line_is_told() {
        let ending = |text: &str| {
            let found = mark(text.as_bytes()).expect("a mark");
            (found.ending, found.after)
        };
        assert_eq!(ending("From a\nb"), (Ending::Newline, 7));
        assert_eq!(ending("From a\r\nb"), (Ending::Newline, 8));
        assert_eq!(ending("From a\rb"), (Ending::Return, 7));
        assert_eq!(ending("From\nb"), (Ending::Newline, 5));
        assert_eq!(ending("From a"), (Ending::File, 6));
        let long = format!("From {}", "x".repeat(2 * LINE));
        assert_eq!(ending(&long), (Ending::Beyond, 4 + LINE));
    }

    #[test]
    fn what_follows_is_a_header_or_is_not() {
        let next = |text: &str| {
            mark(format!("From a\n{text}").as_bytes())
                .expect("a mark")
                .next
        };
        let header = next("Received: x\n\ty\nDate: z\nX-Odd: 1\n\nSubject: body");
        assert!(header.field && header.known && header.trace && header.sound);
        assert_eq!(header.fields, 3);
        assert!(next(">From b\nDate: x\n\n").sound);
        let crs = next("Date: x\rSubject: y\r\rbody");
        assert_eq!((crs.fields, crs.sound), (2, true));
        let prose = next("conclude: nothing\nof it\n\n");
        assert!(prose.field && !prose.known && !prose.sound && !prose.nearby);
        let below = next("\nDate: x\nSubject: y\n");
        assert!(!below.field && below.nearby && below.fields == 0);
        assert!(!next("\n\nDate: x\n").nearby);
        assert!(!next("").field);
    }
}
