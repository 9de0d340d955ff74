//! One reading of a log, for all orders together.

use std::path::Path;

use jiff::Timestamp;
use lagrum_model::{Covered, Period, Sha256Digest};
use memchr::memchr2;
use memchr::memmem::Finder;
use serde_json::value::RawValue;

use super::instant::instant;
use super::line::{self, Account, Fields, Whose};
use super::lines::{Line, Lines};
use super::mention::unescaped;
use super::rotation::{self, Opened};
use super::{AccessLog, Asked};
use crate::compressed;
use crate::dates::{self, Interval};
use crate::{
    Counts, RECORD_LIMIT, Record, Review, Run, SearchResult, Sink, SourceError, Wanted, magic,
};

/// How many lines of other people that mention the account are put before a person one by one, for
/// each file; the rest is told by number. A mail log mentions its busiest account in every other line.
const MENTIONS_LIMIT: u64 = 20;

/// How many lines at the end of a file without the account field are more than chance.
const TAIL: u64 = 20;

/// How many files beside the log are named one by one.
const BESIDE_LIMIT: usize = 50;

impl AccessLog {
    /// Answers all that is asked with one reading of the files.
    pub(super) fn answer(
        &self,
        asked: &[Asked<'_>],
        run: Run<'_>,
        sink: &mut dyn Sink,
    ) -> Result<Vec<SearchResult>, SourceError> {
        let mut results = Vec::new();
        let mut search = Search::new(self, run, sink);
        for (order, asked) in asked.iter().enumerate() {
            let served = self.fields.iter().find(|(one, _)| *one == asked.category);
            let result = match (served, asked.wanted) {
                (None, _) => SearchResult::NO_SUCH_CATEGORY,
                (_, None) => SearchResult::NO_SUCH_IDENTIFIER,
                (Some((_, fields)), Some(wanted)) => match self.aliases.of(wanted) {
                    Some(of) => SearchResult::Alias { of: of.to_owned() },
                    None => {
                        search.watch(wanted, order, fields, asked.period);
                        SearchResult::Searched(Counts::default())
                    }
                },
            };
            results.push(result);
        }
        if search.watched.is_empty() {
            return Ok(results);
        }
        let opened = rotation::open(&self.files).map_err(|fault| self.fault(fault))?;
        let beside = rotation::beside(&self.files, &opened).map_err(|fault| self.fault(fault))?;
        let first = opened.first().map(|file| file.shown.clone());
        let first = first.unwrap_or_default();
        for file in opened {
            search.file(file)?;
        }
        let named = beside.len().min(BESIDE_LIMIT);
        for one in &beside[..named] {
            search.tell(&one.shown, one.why)?;
        }
        if beside.len() > named {
            let why = format!("and {} more like it", beside.len() - named);
            search.tell(&beside[named].shown, &why)?;
        }
        search.fields_are_there()?;
        search.accounts_are_addresses(&first)?;
        for watched in search.watched {
            for pass in watched.passes {
                let absent = |place: &usize| match pass.counts.selected {
                    0 => search.objects > 0 && !search.seen[*place],
                    _ => !pass.seen[*place],
                };
                results[pass.order] = SearchResult::Searched(Counts {
                    examined: search.lines,
                    unreadable: search.unreadable - watched.unreadable,
                    covers: search.covers,
                    absent: (pass.fields.iter().copied().filter(absent))
                        .map(|place| search.names[place].clone())
                        .collect(),
                    ..pass.counts
                });
            }
        }
        Ok(results)
    }
}

/// All orders on their way through the log, together.
struct Search<'a> {
    log: &'a AccessLog,
    run: Run<'a>,
    sink: &'a mut dyn Sink,
    watched: Vec<Watched<'a>>,
    /// The fields that are read: the account's, the time's, and all that is handed over.
    names: Vec<String>,
    /// The account's, between its quotation marks.
    account_field: Finder<'static>,
    /// Which of them occurred in any line.
    seen: Vec<bool>,
    /// Whether any line names its account by what may be an address.
    addresses: bool,
    /// Lines looked at.
    lines: u64,
    /// Of them, those that are objects.
    objects: u64,
    /// And those that are none, and of which nobody can say whose they are.
    unreadable: u64,
    covers: Option<Covered>,
}

/// The places of the account's and the time's field among the names.
const ACCOUNT: usize = 0;
const TIME: usize = 1;

/// One account, with the orders that name it.
struct Watched<'a> {
    wanted: Wanted<'a>,
    account: Account<'a>,
    passes: Vec<Pass>,
    /// Lines that are not objects but mention the account: a person looks at them.
    unreadable: u64,
    /// The last line that was too long and mentioned the account.
    too_long: Option<u64>,
    /// The lines of this file that are not objects and do not mention the account.
    nobodys: Nobodys,
}

/// What one order takes of the lines of its account.
struct Pass {
    order: usize,
    /// The places of its fields among the names.
    fields: Vec<usize>,
    period: Period,
    counts: Counts,
    /// Which of the names occurred in what was handed over.
    seen: Vec<bool>,
    /// Lines of others in this file that mention the account, and the last of them.
    mentions: (u64, u64),
}

/// What is known of one file so far.
#[derive(Default)]
struct Tally {
    lines: u64,
    objects: u64,
    /// Objects that have the account field.
    named: u64,
    /// Objects without the account field since the last that had it, the line of the first of them,
    /// and the most that there ever were between two that had it.
    tail: u64,
    tail_from: u64,
    longest_gap: u64,
    /// How many lines are no objects, whoever they mention; the last of them, and the text of the first.
    unreadable: u64,
    foreign_last: u64,
    foreign_text: Vec<u8>,
}

/// Lines that nobody can read: the first of them, the last, and how many.
#[derive(Default)]
struct Nobodys {
    first: Vec<u64>,
    last: u64,
    count: u64,
}

impl Nobodys {
    fn add(&mut self, number: u64) {
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
    fn take_back(&mut self, number: u64) {
        if self.last == number {
            self.count -= 1;
            self.last = 0;
            if self.first.last() == Some(&number) {
                self.first.pop();
            }
        }
    }

    /// In one sentence, of a file with so many lines.
    fn told(&self, lines: u64) -> String {
        let first: Vec<_> = self.first.iter().map(u64::to_string).collect();
        let mut why = format!(
            "{} of the {lines} lines of this file are no JSON objects, so that nobody can say whose they are: line {}",
            self.count,
            first.join(", ")
        );
        if self.count > self.first.len() as u64 {
            why.push_str(&format!(" and others, the last of them line {}", self.last));
        }
        why
    }
}

/// One line, read as far as it can be.
struct ReadLine<'l> {
    number: u64,
    bytes: &'l [u8],
    /// Its fields; none if it is not an object.
    fields: Option<Fields<'l>>,
    /// Its instant, or why a person has to look.
    dated: Result<Timestamp, &'static str>,
    too_long: bool,
}

impl<'a> Search<'a> {
    fn new(log: &'a AccessLog, run: Run<'a>, sink: &'a mut dyn Sink) -> Self {
        let mut names = vec![log.account_field.clone(), log.time_field.clone()];
        for name in log.fields.iter().flat_map(|(_, fields)| fields) {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        let quoted = format!("\"{}\"", log.account_field);
        Self {
            log,
            run,
            sink,
            watched: Vec::new(),
            seen: vec![false; names.len()],
            names,
            account_field: Finder::new(&quoted).into_owned(),
            addresses: false,
            lines: 0,
            objects: 0,
            unreadable: 0,
            covers: None,
        }
    }

    fn watch(&mut self, wanted: Wanted<'a>, order: usize, fields: &[String], period: Period) {
        let place = |field| self.names.iter().position(|name| name == field);
        let pass = Pass {
            order,
            fields: fields.iter().filter_map(place).collect(),
            period,
            counts: Counts::default(),
            seen: vec![false; self.names.len()],
            mentions: (0, 0),
        };
        match self.watched.iter_mut().find(|one| one.wanted == wanted) {
            Some(watched) => watched.passes.push(pass),
            None => {
                let others = self.log.aliases.names_of(wanted);
                let names: Vec<_> = std::iter::once(wanted).chain(others).collect();
                self.watched.push(Watched {
                    wanted,
                    account: Account::new(&names),
                    passes: vec![pass],
                    unreadable: 0,
                    too_long: None,
                    nobodys: Nobodys::default(),
                });
            }
        }
    }

    fn file(&mut self, Opened { shown, file, .. }: Opened) -> Result<(), SourceError> {
        let id = &self.log.about.id;
        let fail = |error: std::io::Error| SourceError::io(id, &shown, error);
        let length = file.metadata().map_err(fail)?.len();
        let opened = compressed::open(file, Path::new(&shown)).map_err(fail)?;
        let plain = matches!(opened, compressed::Opened::Plain(_));
        let mut lines = Lines::new(opened);
        if let Some(what) = magic::foreign(lines.peek(magic::BEGINNING).map_err(fail)?) {
            let why = format!(
                "it is {what}; give the log as JSON Lines in UTF-8, plain or packed once with gzip or Zstandard, or take the file out of `paths`"
            );
            return Err(SourceError::damaged(id, shown, why));
        }
        let mut tally = Tally::default();
        let mut pieces = 0_u64;
        loop {
            let number = lines.number();
            let Some(line) = lines
                .next()
                .map_err(|error| SourceError::io(id, format!("{shown} line {number}"), error))?
            else {
                break;
            };
            pieces += 1;
            if pieces.is_multiple_of(4096) || line.too_long {
                self.run.go_on(id)?;
            }
            self.line(&shown, line, &mut tally)?;
        }
        if plain && lines.read() < length {
            return Err(SourceError::changed(
                id,
                shown,
                "the log became shorter while it was read; search again",
            ));
        }
        self.end_of_file(&shown, &tally)
    }

    fn line(&mut self, shown: &str, line: Line<'_>, tally: &mut Tally) -> Result<(), SourceError> {
        let bytes = bare(line.bytes);
        if bytes.is_empty() {
            return Ok(());
        }
        let read = self.read(line, bytes);
        let mut placed = read.fields.is_some();
        match &read.fields {
            Some(fields) => {
                self.lines += 1;
                self.objects += 1;
                tally.object(line.number, fields.values[ACCOUNT].is_some());
                self.addresses |= fields.values[ACCOUNT].is_some_and(|value| {
                    // An escape may write the sign.
                    memchr2(b'@', b'\\', value.get().as_bytes()).is_some()
                });
                for (seen, value) in self.seen.iter_mut().zip(&fields.values) {
                    *seen |= value.is_some();
                }
                if let Ok(dated) = read.dated {
                    self.covers = Some(Covered::and(self.covers, dated));
                }
            }
            None if !line.too_long && line::names_somebody(bytes, &self.account_field) => {
                self.lines += 1;
                self.objects += 1;
                self.seen[ACCOUNT] = true;
                self.addresses |= memchr2(b'@', b'\\', bytes).is_some();
                tally.object(line.number, true);
                placed = true;
            }
            // The further pieces of one line are no further lines.
            None if line.too_long && tally.foreign_last == line.number => {}
            None => {
                self.lines += 1;
                self.unreadable += 1;
                tally.foreign(line.number, bytes);
            }
        }
        let mut text = None;
        let Self {
            log,
            sink,
            watched,
            names,
            ..
        } = self;
        for watched in watched {
            let whose = read
                .fields
                .as_ref()
                .filter(|fields| !fields.twice)
                .map(|fields| watched.account.whose(fields.values[ACCOUNT]));
            if whose != Some(Whose::Theirs) && whose != Some(Whose::Alike) {
                let text = text.get_or_insert_with(|| unescaped(bytes));
                if !watched.account.is_mentioned(text, whose) {
                    // A line that is too long may have mentioned it before.
                    if !placed && watched.too_long != Some(line.number) {
                        watched.nobodys.add(line.number);
                    }
                    continue;
                }
            }
            if line.too_long && watched.too_long.replace(line.number) == Some(line.number) {
                // Another piece of it.
                continue;
            }
            if line.too_long {
                watched.nobodys.take_back(line.number);
            }
            let mut delivery = Delivery {
                log,
                names,
                shown,
                line: &read,
                placed,
                sink: &mut **sink,
            };
            delivery.deliver(whose, watched)?;
        }
        Ok(())
    }

    fn read<'l>(&self, line: Line<'l>, bytes: &'l [u8]) -> ReadLine<'l> {
        let fields = match line.too_long {
            true => None,
            false => line::fields(bytes, &self.names),
        };
        let time = fields.as_ref().and_then(|fields| fields.values[TIME]);
        let dated = match time.and_then(|time| instant(time, self.log.time_format)) {
            None => Err(
                "the time field of the line is missing or not written as the configuration says",
            ),
            Some(dated)
                if dates::plausible(Interval::between(dated, dated), self.run.now).is_err() =>
            {
                Err(
                    "the time of the line is lost: it lies before 1982 or more than a day in the future",
                )
            }
            Some(dated) => Ok(dated),
        };
        ReadLine {
            number: line.number,
            bytes,
            fields,
            dated,
            too_long: line.too_long,
        }
    }

    /// A file that holds no line of the log is none of its files; what else is wrong with it, a
    /// person is told.
    fn end_of_file(&mut self, shown: &str, tally: &Tally) -> Result<(), SourceError> {
        if tally.objects == 0 && tally.unreadable > 1 {
            let why = format!(
                "none of its {} lines is a JSON object{}; give the log as JSON Lines, one object on each line, or take the file out of `paths`",
                tally.unreadable,
                looks_like(&tally.foreign_text)
            );
            return Err(SourceError::damaged(&self.log.about.id, shown, why));
        }
        for place in 0..self.watched.len() {
            for pass in 0..self.watched[place].passes.len() {
                let pass = &mut self.watched[place].passes[pass];
                let (mentions, last) = std::mem::take(&mut pass.mentions);
                if mentions > MENTIONS_LIMIT {
                    let why = format!(
                        "{} more lines of other accounts mention the account, to line {last}",
                        mentions - MENTIONS_LIMIT
                    );
                    let review = review(&self.log.about.id, shown, &why);
                    self.sink.for_review(pass.order, &review)?;
                    pass.counts.for_review += 1;
                }
            }
        }
        for place in 0..self.watched.len() {
            // Those that mention the account are before a person already, one by one.
            let nobodys = std::mem::take(&mut self.watched[place].nobodys);
            self.watched[place].too_long = None;
            if let Some(first) = nobodys.first.first() {
                let locator = format!("{shown} line {first}");
                let why = nobodys.told(tally.lines);
                self.tell_one(place, &locator, &why)?;
            }
        }
        let field = &self.log.account_field;
        if tally.objects > 0 && tally.named == 0 {
            let why =
                format!("no line of this file has the field `{field}`, which names the account");
            // A log in which no file has it is refused at its end.
            self.tell(shown, &why)?;
        } else if tally.tail >= TAIL && tally.tail > tally.longest_gap {
            let why = format!(
                "from here to the end of the file, for {} lines, no line has the field `{field}`, which names the account; it may have got another name",
                tally.tail
            );
            self.tell(&format!("{shown} line {}", tally.tail_from), &why)?;
        }
        Ok(())
    }

    /// Puts a place of the log before a person, for every order.
    fn tell(&mut self, locator: &str, why: &str) -> Result<(), SourceError> {
        (0..self.watched.len()).try_for_each(|place| self.tell_one(place, locator, why))
    }

    /// The same, for the orders of one account.
    fn tell_one(&mut self, place: usize, locator: &str, why: &str) -> Result<(), SourceError> {
        for pass in &mut self.watched[place].passes {
            let review = review(&self.log.about.id, locator, why);
            self.sink.for_review(pass.order, &review)?;
            pass.counts.for_review += 1;
        }
        Ok(())
    }

    /// A log in which nobody is named, or nothing has a time, is not the one that is configured.
    fn fields_are_there(&self) -> Result<(), SourceError> {
        for (place, field) in [(ACCOUNT, "account_field"), (TIME, "time_field")] {
            if self.objects > 0 && !self.seen[place] {
                let why = format!(
                    "no line of the log has a field `{}`; write the name that stands in the log, at the top of each object",
                    self.names[place]
                );
                return Err(SourceError::config(&self.log.about.id, field, why));
            }
        }
        Ok(())
    }
}

impl Search<'_> {
    /// A log that names its accounts by another kind of name has no answer about an address.
    fn accounts_are_addresses(&mut self, first: &str) -> Result<(), SourceError> {
        for place in 0..self.watched.len() {
            let watched = &self.watched[place];
            let found = watched.passes.iter().any(|pass| pass.counts.selected > 0);
            let address = matches!(watched.wanted, Wanted::Email(_));
            if address && !found && self.objects > 0 && !self.addresses {
                let why = format!(
                    "the field `{}` of this log holds no address in any line, so that nobody can say from an address which lines are the account's",
                    self.log.account_field
                );
                self.tell_one(place, first, &why)?;
            }
        }
        Ok(())
    }
}

impl Tally {
    fn object(&mut self, number: u64, named: bool) {
        self.lines += 1;
        self.objects += 1;
        if named {
            self.named += 1;
            self.longest_gap = self.longest_gap.max(self.tail);
            self.tail = 0;
        } else {
            if self.tail == 0 {
                self.tail_from = number;
            }
            self.tail += 1;
        }
    }

    fn foreign(&mut self, number: u64, bytes: &[u8]) {
        if self.unreadable == 0 {
            self.foreign_text = bytes[..bytes.len().min(200)].to_vec();
        }
        self.lines += 1;
        self.unreadable += 1;
        self.foreign_last = number;
    }
}

/// A line on its way to the orders of one account.
struct Delivery<'d> {
    log: &'d AccessLog,
    names: &'d [String],
    shown: &'d str,
    line: &'d ReadLine<'d>,
    /// Whether it is told by the line whose it is.
    placed: bool,
    sink: &'d mut dyn Sink,
}

impl Delivery<'_> {
    /// Gives the line to the orders of one account, as far as it is theirs or may be.
    fn deliver(
        &mut self,
        whose: Option<Whose>,
        watched: &mut Watched<'_>,
    ) -> Result<(), SourceError> {
        let field = &self.log.account_field;
        let why = match (whose, &self.line.fields) {
            (Some(Whose::Theirs), _) => return self.theirs(watched),
            (Some(Whose::Alike), _) => {
                format!("the field `{field}` holds what is like the account's name and is not it")
            }
            (Some(Whose::Nobody), _) => {
                format!("the line mentions the account, and its field `{field}` names nobody")
            }
            (Some(Whose::NoName), _) => format!(
                "the line mentions the account, and its field `{field}` is neither text nor a number"
            ),
            (Some(Whose::Another), _) => {
                return self.mention(watched);
            }
            (None, Some(_)) => {
                "the line may be about the account, and a field that is read occurs twice in it"
                    .into()
            }
            (None, None) => {
                watched.unreadable += u64::from(!self.placed);
                let why = match self.line.too_long {
                    true => "the line mentions the account, and is longer than 16 MiB",
                    false => "the line mentions the account, but is not one JSON object",
                };
                why.into()
            }
        };
        for pass in &mut watched.passes {
            if self.may_lie_in(pass.period) {
                self.review(pass, &why)?;
            }
        }
        Ok(())
    }

    /// Whether the line may lie in `period`: what is certain to lie outside concerns nobody.
    fn may_lie_in(&self, period: Period) -> bool {
        let twice = self.line.fields.as_ref().is_some_and(|fields| fields.twice);
        twice || self.line.dated.map_or(true, |dated| period.contains(dated))
    }

    /// A line of somebody else that mentions the account. The first are put before a person one by
    /// one.
    fn mention(&mut self, watched: &mut Watched<'_>) -> Result<(), SourceError> {
        for pass in &mut watched.passes {
            if !self.may_lie_in(pass.period) {
                continue;
            }
            pass.mentions = (pass.mentions.0 + 1, self.line.number);
            if pass.mentions.0 <= MENTIONS_LIMIT {
                let why = format!(
                    "the line mentions the account, and its field `{}` names another",
                    self.log.account_field
                );
                self.review(pass, &why)?;
            }
        }
        Ok(())
    }

    fn theirs(&mut self, watched: &mut Watched<'_>) -> Result<(), SourceError> {
        let Some(Fields { values, .. }) = &self.line.fields else {
            return Ok(());
        };
        for pass in &mut watched.passes {
            let dated = match self.line.dated {
                Ok(dated) if !pass.period.contains(dated) => continue,
                Ok(dated) => dated,
                Err(why) => {
                    self.review(pass, why)?;
                    continue;
                }
            };
            let places = pass.fields.iter().copied();
            let fields: Vec<(&str, &RawValue)> = places
                .filter_map(|place| Some((self.names[place].as_str(), values[place]?)))
                .collect();
            let weight: usize = fields.iter().map(|(_, value)| value.get().len()).sum();
            if weight > RECORD_LIMIT {
                let why = format!(
                    "the fields to hand over hold {weight} bytes, and 4 MiB is the most that a row may hold"
                );
                self.review(pass, &why)?;
                continue;
            }
            let locator = self.locator();
            let record = Record {
                source: &self.log.about.id,
                locator: &locator,
                dated: Some(dated),
                fields: &fields,
            };
            self.sink.record(pass.order, &record)?;
            pass.counts.selected += 1;
            for (seen, value) in pass.seen.iter_mut().zip(values) {
                *seen |= value.is_some();
            }
        }
        Ok(())
    }

    fn locator(&self) -> String {
        format!("{} line {}", self.shown, self.line.number)
    }

    /// A person decides about the line.
    fn review(&mut self, pass: &mut Pass, why: &str) -> Result<(), SourceError> {
        let fields = self.line.fields.as_ref();
        let raw_date = fields.and_then(|fields| fields.values[TIME]).map(|time| {
            let text = serde_json::from_str::<String>(time.get());
            let text = text.unwrap_or_else(|_| time.get().to_owned());
            text.chars().take(200).collect::<String>()
        });
        let locator = self.locator();
        let review = Review {
            raw_date: raw_date.as_deref(),
            sha256: Some(Sha256Digest::of(self.line.bytes)),
            ..review(&self.log.about.id, &locator, why)
        };
        self.sink.for_review(pass.order, &review)?;
        pass.counts.for_review += 1;
        Ok(())
    }
}

fn review<'r>(source: &'r str, locator: &'r str, why: &'r str) -> Review<'r> {
    Review {
        source,
        locator,
        why,
        raw_date: None,
        sha256: None,
    }
}

/// A line without what stands around it: blanks, a byte order mark wherever files were joined, and
/// the record separator of JSON text sequences (RFC 7464).
fn bare(mut bytes: &[u8]) -> &[u8] {
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
fn looks_like(first: &[u8]) -> &'static str {
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
