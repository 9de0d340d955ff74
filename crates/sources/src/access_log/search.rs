//! One reading of a log, for all orders together.

mod ahead;
mod days;
mod delivery;
mod handed_over;
mod tally;

use std::io::{Cursor, Read as _};
use std::sync::Arc;

use jiff::Timestamp;
use lagrum_model::Period;
use memchr::memchr2;
use memchr::memmem::Finder;

use super::entry::Fields;
use super::format::{Format, Read, Reading};
use super::line::{self, Account, Whose};
use super::lines::{Line, Lines};
use super::mention::unescaped;
use super::rotation::{self, Opened};
use super::rows::{self, RowGroup, Skipped};
use super::{AccessLog, Asked};
use crate::dates;
use crate::{Counts, Review, Run, SearchResult, Sink, SourceError, Wanted, magic};
pub(super) use ahead::Ahead;
use ahead::{Looking, Next, Part, Pieces};
use days::Days;
use delivery::{ACCOUNT, Delivery, MENTIONS_LIMIT, Pass, ReadLine, TIME, Watched};
use handed_over::HandedOver;
pub(super) use tally::bare as bare_line;
use tally::{Nobodys, Tally, bare, looks_like};

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
                (Some((_, fields)), Some(wanted)) => match run.accounts.aliases().of(wanted) {
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
        let covers = search.days.covers();
        for watched in search.watched {
            for pass in watched.passes {
                let absent = |place: &usize| match pass.counts.selected {
                    0 => search.objects > 0 && !search.seen[*place],
                    _ => !pass.seen[*place],
                };
                results[pass.order] = SearchResult::Searched(Counts {
                    examined: search.lines,
                    unreadable: pass.counts.unreadable + search.unreadable - watched.unreadable,
                    covers,
                    gaps: search.days.gaps(&pass.period),
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
    /// On which days all of them are dated.
    days: Days,
    /// How many files were begun.
    files: usize,
    /// The groups of rows of the file that is read.
    groups: Vec<RowGroup>,
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
            days: Days::default(),
            files: 0,
            groups: Vec::new(),
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
            handed_over: HandedOver::default(),
        };
        match self.watched.iter_mut().find(|one| one.wanted == wanted) {
            Some(watched) => watched.passes.push(pass),
            None => {
                let others = self.run.accounts.aliases().names_of(wanted);
                let names: Vec<_> = std::iter::once(wanted).chain(others).collect();
                self.watched.push(Watched {
                    wanted,
                    account: Arc::new(Account::new(&names)),
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
        self.files += 1;
        let passes = self.watched.iter().flat_map(|watched| &watched.passes);
        let periods: Vec<_> = passes.map(|pass| pass.period).collect();
        let input = (self.log).input(&shown, file, self.run, &self.names, &periods)?;
        let whole = input.whole;
        self.groups = input.groups;
        self.skip(&input.skipped);
        let (length, mut reading) = (input.length, input.reading);
        let mut lines = Lines::new(input.lines);
        // What rows are made of is looked at by whoever makes lines of them.
        let beginning = match self.log.format {
            Format::Rows(_) => &[],
            _ => (lines.peek(magic::BEGINNING))
                .map_err(|error| SourceError::io(id, &shown, error))?,
        };
        if let Some(what) = magic::foreign(beginning) {
            let why = format!(
                "it is {what}; give the log in UTF-8 as {}, plain or packed once with gzip, Zstandard or xz, or take the file out of `paths`",
                self.log.format.wanted()
            );
            return Err(SourceError::damaged(id, shown, why));
        }
        let mut tally = Tally::default();
        let ahead = self.log.format.reads_each_line_alone() && length >= self.log.ahead.from;
        let read = match ahead {
            true => self.read_ahead(&shown, lines, &mut reading, &mut tally),
            false => self.read_on(&shown, lines, 0, &mut reading, &mut tally),
        };
        let read = read.map_err(|error| self.log.unless_changed(&shown, &whole, error))?;
        self.log.unchanged(&shown, &whole, read)?;
        self.end_of_file(&shown, &tally)
    }

    /// Counts rows that were passed over: all of them are dated where nobody asks.
    fn skip(&mut self, skipped: &Skipped) {
        if skipped.rows == 0 {
            return;
        }
        self.lines += skipped.rows;
        self.objects += skipped.rows;
        self.addresses = true;
        for (seen, there) in self.seen.iter_mut().zip(&skipped.columns) {
            *seen |= *there;
        }
        if let Some(covers) = skipped.covers {
            self.days.span(covers);
        }
    }

    /// Where a line of the file is that is read.
    fn place(&self, shown: &str, line: u64) -> String {
        rows::place(shown, &self.groups, line)
    }

    /// Reads the rest of a file, behind so many `before` lines, from line to line. Gives how many bytes it was.
    fn read_on<R: std::io::Read>(
        &mut self,
        shown: &str,
        mut lines: Lines<R>,
        before: u64,
        reading: &mut Reading<'_>,
        tally: &mut Tally,
    ) -> Result<u64, SourceError> {
        let id = &self.log.about.id;
        let mut pieces = 0_u64;
        loop {
            let number = before + lines.number();
            let Some(line) = lines
                .next()
                .map_err(|error| SourceError::io(id, self.place(shown, number), error))?
            else {
                return Ok(lines.read());
            };
            pieces += 1;
            if pieces.is_multiple_of(4096) || line.too_long {
                self.run.go_on(id)?;
            }
            let number = before + line.number;
            self.line(shown, Line { number, ..line }, reading, tally)?;
        }
    }

    /// The same on all processors, for a log whose lines are read each by itself.
    fn read_ahead(
        &mut self,
        shown: &str,
        lines: Lines<Box<dyn std::io::Read + Send>>,
        reading: &mut Reading<'_>,
        tally: &mut Tally,
    ) -> Result<u64, SourceError> {
        let id = &self.log.about.id;
        let looking = Looking {
            format: &self.log.format,
            names: self.names.clone(),
            accounts: (self.watched.iter())
                .map(|watched| Arc::clone(&watched.account))
                .collect(),
            now: self.run.now,
        };
        let (begun, input) = lines.into_rest();
        std::thread::scope(|scope| {
            let pieces = Pieces::read(scope, looking, begun, input, self.log.ahead);
            let mut before = 0;
            loop {
                self.run.go_on(id)?;
                let piece = match pieces.next() {
                    Next::Piece(piece) => piece,
                    Next::End(read) => return Ok(read),
                    Next::Failed(error) => {
                        let at = self.place(shown, before + 1);
                        return Err(SourceError::io(id, at, error));
                    }
                    Next::TooLong(read, begun, rest) => {
                        let lines = Lines::new(Cursor::new(begun).chain(rest));
                        let rest = self.read_on(shown, lines, before, reading, tally)?;
                        return Ok(read + rest);
                    }
                };
                for part in piece.parts {
                    match part {
                        Part::Counted(counted) => {
                            self.lines += counted.lines;
                            self.objects += counted.lines;
                            tally.objects(before + counted.first, counted.lines, counted.named);
                            self.addresses |= counted.addresses;
                            for (seen, there) in self.seen.iter_mut().zip(counted.seen) {
                                *seen |= there;
                            }
                            self.days.add(&counted.days);
                        }
                        Part::Whole(bytes) => {
                            self.read_on(shown, Lines::new(&*bytes), before, reading, tally)?;
                        }
                        Part::Line {
                            number,
                            bytes,
                            too_long,
                        } => {
                            let line = Line {
                                number: before + number,
                                bytes: &bytes,
                                too_long,
                            };
                            self.line(shown, line, reading, tally)?;
                        }
                    }
                }
                before += piece.lines;
            }
        })
    }

    fn line(
        &mut self,
        shown: &str,
        line: Line<'_>,
        reading: &mut Reading<'_>,
        tally: &mut Tally,
    ) -> Result<(), SourceError> {
        let bytes = bare(line.bytes);
        if bytes.is_empty() {
            return Ok(());
        }
        let read = match read_line(reading, &self.names, line, bytes, self.run.now) {
            Ok(Some(read)) => read,
            Ok(None) => return Ok(()),
            Err(why) => {
                let at = self.place(shown, line.number);
                return Err(SourceError::damaged(&self.log.about.id, at, why));
            }
        };
        let mut placed = read.fields.is_some();
        match &read.fields {
            Some(fields) => {
                self.lines += 1;
                self.objects += 1;
                tally.objects(line.number, 1, fields.values[ACCOUNT].is_some());
                self.addresses |= may_be_address(fields);
                for (seen, value) in self.seen.iter_mut().zip(&fields.values) {
                    *seen |= value.is_some();
                }
                if let Ok(dated) = read.dated {
                    self.days.entry(dated);
                }
            }
            None if !line.too_long
                && self.log.format.is_json()
                && line::names_somebody(bytes, &self.account_field) =>
            {
                self.lines += 1;
                self.objects += 1;
                self.seen[ACCOUNT] = true;
                self.addresses |= memchr2(b'@', b'\\', bytes).is_some();
                tally.objects(line.number, 1, true);
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
            groups,
            files,
            ..
        } = self;
        for watched in watched {
            let whose = read
                .fields
                .as_ref()
                .filter(|fields| !fields.twice)
                .map(|fields| watched.account.whose(fields.values[ACCOUNT].as_deref()));
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
                file: *files,
                groups,
                line: &read,
                placed,
                sink: &mut **sink,
            };
            delivery.deliver(whose, watched)?;
        }
        Ok(())
    }

    /// A file that holds no line of the log is none of its files; what else is wrong with it, a
    /// person is told.
    fn end_of_file(&mut self, shown: &str, tally: &Tally) -> Result<(), SourceError> {
        if tally.objects == 0 && tally.unreadable > 1 {
            let why = format!(
                "none of its {} lines is {}{}; give the log as {}, or take the file out of `paths`",
                tally.unreadable,
                self.log.format.noun().0,
                looks_like(&tally.foreign_text),
                self.log.format.wanted()
            );
            return Err(SourceError::damaged(&self.log.about.id, shown, why));
        }
        for place in 0..self.watched.len() {
            for pass in 0..self.watched[place].passes.len() {
                let pass = &mut self.watched[place].passes[pass];
                let (mentions, last) = std::mem::take(&mut pass.mentions);
                if mentions > MENTIONS_LIMIT {
                    let why = format!(
                        "{} more lines of other accounts mention the account, to {}",
                        mentions - MENTIONS_LIMIT,
                        rows::place("", &self.groups, last).trim_start()
                    );
                    let review = Review::of(&self.log.about.id, shown, &why);
                    self.sink.for_review(pass.order, &review, None)?;
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
                let why = nobodys.told(tally.lines, self.log.format.noun().1);
                self.tell_one(place, &locator, &why)?;
            }
        }
        if self.log.format.is_of_many() {
            return Ok(());
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
            self.tell(&self.place(shown, tally.tail_from), &why)?;
        }
        Ok(())
    }

    /// Puts a place of the log that could not be searched before a person, for every order.
    fn tell(&mut self, locator: &str, why: &str) -> Result<(), SourceError> {
        for place in 0..self.watched.len() {
            self.tell_one(place, locator, why)?;
            for pass in &mut self.watched[place].passes {
                pass.counts.unreadable += 1;
            }
        }
        Ok(())
    }

    /// Puts a place of the log before a person, for the orders of one account.
    fn tell_one(&mut self, place: usize, locator: &str, why: &str) -> Result<(), SourceError> {
        for pass in &mut self.watched[place].passes {
            let review = Review::of(&self.log.about.id, locator, why);
            self.sink.for_review(pass.order, &review, None)?;
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

/// Reads a line at the instant `now` (UTC), and of it the fields `names`; nothing, if it names columns. `bytes` is the line
/// without what stands around it.
fn read_line<'l>(
    reading: &mut Reading<'_>,
    names: &[String],
    line: Line<'l>,
    bytes: &'l [u8],
    now: Timestamp,
) -> Result<Option<ReadLine<'l>>, String> {
    let fields = match line.too_long {
        true => None,
        false => match reading.line(bytes, names)? {
            Read::Of(fields) => Some(fields),
            Read::Foreign => None,
            Read::Header => return Ok(None),
        },
    };
    let dated = match fields.as_ref().and_then(|fields| fields.at) {
        None => {
            Err("the time field of the line is missing or not written as the configuration says")
        }
        Some(dated) if dates::plausible(dated, now).is_err() => Err(
            "the time of the line is lost: it lies before 1982 or more than a day in the future",
        ),
        Some(dated) => Ok(dated),
    };
    Ok(Some(ReadLine {
        number: line.number,
        bytes,
        fields,
        dated,
        too_long: line.too_long,
    }))
}

/// Whether the account field may hold an address: an escape may write the sign.
fn may_be_address(fields: &Fields<'_>) -> bool {
    let account = fields.values[ACCOUNT].as_ref();
    account.is_some_and(|value| memchr2(b'@', b'\\', value.get().as_bytes()).is_some())
}
