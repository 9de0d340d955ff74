//! What is counted of the lines of a file, and what a file is that holds none.

/// What is known of one file so far.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) lines: u64,
    pub(super) objects: u64,
    /// Objects that have the account field.
    pub(super) named: u64,
    /// Objects without the account field since the last that had it, the line of the first of them,
    /// and the most that there ever were between two that had it.
    pub(super) tail: u64,
    pub(super) tail_from: u64,
    pub(super) longest_gap: u64,
    /// How many lines are no objects, whoever they mention; the last of them, and the text of the first.
    pub(super) unreadable: u64,
    pub(super) foreign_last: u64,
    pub(super) foreign_text: Vec<u8>,
}

/// Lines that nobody can read: the first of them, the last, and how many.
#[derive(Default)]
pub(super) struct Nobodys {
    pub(super) first: Vec<u64>,
    pub(super) last: u64,
    pub(super) count: u64,
}

impl Nobodys {
    pub(super) fn add(&mut self, number: u64) {
        if self.last == number {
            // Another piece of it.
            return;
        }
        if self.first.len() < 10 {
            self.first.push(number);
        }
        self.count += 1;
        self.last = number;
    }

    /// The last line mentions the account after all, in a later piece of it.
    pub(super) fn take_back(&mut self, number: u64) {
        if self.last == number {
            self.count -= 1;
            self.last = 0;
            if self.first.last() == Some(&number) {
                self.first.pop();
            }
        }
    }

    /// In one sentence, of a file with so many lines.
    pub(super) fn told(&self, lines: u64, nouns: &str) -> String {
        let first: Vec<_> = self.first.iter().map(u64::to_string).collect();
        let mut why = format!(
            "{} of the {lines} lines of this file are no {nouns}, so that nobody can say whose they are: line {}",
            self.count,
            first.join(", ")
        );
        if self.count > self.first.len() as u64 {
            why.push_str(&format!(" and others, the last of them line {}", self.last));
        }
        why
    }
}

impl Tally {
    /// So many lines of the log, of which the first has this number: all with the account field, or all without.
    pub(super) fn objects(&mut self, first: u64, lines: u64, named: bool) {
        self.lines += lines;
        self.objects += lines;
        if named {
            self.named += lines;
            self.longest_gap = self.longest_gap.max(self.tail);
            self.tail = 0;
        } else {
            if self.tail == 0 {
                self.tail_from = first;
            }
            self.tail += lines;
        }
    }

    pub(super) fn foreign(&mut self, number: u64, bytes: &[u8]) {
        if self.unreadable == 0 {
            self.foreign_text = bytes[..bytes.len().min(200)].to_vec();
        }
        self.lines += 1;
        self.unreadable += 1;
        self.foreign_last = number;
    }
}

/// A line without what stands around it: blanks, a byte order mark wherever files were joined, and
/// the record separator of JSON text sequences (RFC 7464).
pub(in crate::access_log) fn bare(mut bytes: &[u8]) -> &[u8] {
    loop {
        bytes = bytes.trim_ascii();
        match bytes
            .strip_prefix(b"\xef\xbb\xbf")
            .or_else(|| bytes.strip_prefix(b"\x1e"))
        {
            Some(rest) => bytes = rest,
            None => return bytes,
        }
    }
}

/// What a file seems to be that is no JSON Lines, as the tail of a sentence.
pub(super) fn looks_like(first: &[u8]) -> &'static str {
    let text = String::from_utf8_lossy(first);
    let has = |needle: &str| text.contains(needle);
    if text.starts_with('[') || text.starts_with('{') {
        ": it seems to be JSON that is written over several lines"
    } else if has("] \"") {
        ": it seems to be the common or combined format of web servers"
    } else if has("=\"") || text.split(' ').filter(|word| word.contains('=')).count() > 1 {
        ": it seems to be logfmt"
    } else if text.contains('\t') || text.matches(',').count() > 1 || text.matches(';').count() > 1
    {
        ": it seems to be a table"
    } else {
        ""
    }
}
