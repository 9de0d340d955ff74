//! What a report is about: the first thing that the transcript binds.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::error::TextError;
use crate::sum::Sum;
use crate::text::{Lines, decimal, hexadecimal};

/// The first line.
pub(crate) const FORM: &str = "lagrum/count-cards/v1";

/// Limits, so that the work of a verifier is bounded before it reads a proof.
pub(crate) const MAX_CARDS: u32 = 1 << 20;
const MAX_CLASSES: u32 = 65_535;
const MAX_COLUMNS: usize = 8;
const MAX_VALUES: u32 = 65_536;
const MAX_BANDS: usize = 256;
const MAX_CORRECTIONS: usize = 256;
/// A void card is one line of a notice; the rest is room for long sums.
const MAX_LENGTH: usize = 1 << 20;
/// What a band may begin at, and a number be: integers that every reader of JSON keeps exactly.
pub(crate) const MAX_NUMBER: u64 = 1 << 53;

/// Which view of the log the cards were read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogView {
    /// Entries.
    pub size: u64,
    /// Root hash of the tree with so many entries.
    pub root: [u8; 32],
}

/// `low <= sum < low + width`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// What is added up.
    pub sum: Sum,
    /// The smallest value.
    pub low: u64,
    /// How many values.
    pub width: u32,
}

/// Cards that a later view classes otherwise although they were answered: announced, and counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The class of the former view.
    pub from: u32,
    /// The class of this view.
    pub to: u32,
    /// How many cards.
    pub count: u32,
}

/// What a report is about. It is written in one way only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The log's origin.
    pub origin: String,
    /// Which period, for example `2027H1`.
    pub period: String,
    /// Which view of it, from 1.
    pub view: u64,
    /// The digest of the former view's report; none in the first view.
    pub former: Option<[u8; 32]>,
    /// From which view of the log the cards were read.
    pub log: LogView,
    /// The first and the last slot of the period.
    pub slots: (u64, u64),
    /// Places of cards that a logged notice declared void, from 0, ascending.
    pub void: Vec<u32>,
    /// SHA-256 of the code book.
    pub code_book: [u8; 32],
    /// SHA-256 of the publication plan.
    pub plan: [u8; 32],
    /// Cards of all slots, void ones too.
    pub cards: u32,
    /// Classes of the code book.
    pub classes: u32,
    /// The class of what is not answered yet.
    pub pending: Option<u32>,
    /// For each column how many values an amount can have: `0 .. values`.
    pub values: Vec<u32>,
    /// What is published as a band.
    pub bands: Vec<Band>,
    /// What a later view says otherwise than the former one.
    pub corrections: Vec<Correction>,
}

fn list<T: fmt::Display>(items: impl IntoIterator<Item = T>, between: &str) -> String {
    let items: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
    if items.is_empty() {
        "-".to_owned()
    } else {
        items.join(between)
    }
}

fn read_list<T>(text: &str, between: char, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    if text == "-" {
        Some(Vec::new())
    } else {
        text.split(between).map(read).collect()
    }
}

fn small(text: &str) -> Option<u32> {
    decimal(text)?.try_into().ok()
}

fn optional<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
    if text == "-" {
        Some(None)
    } else {
        read(text).map(Some)
    }
}

impl fmt::Display for Band {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}:{}", self.sum, self.low, self.width)
    }
}

impl fmt::Display for Correction {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}:{}", self.from, self.to, self.count)
    }
}

impl Band {
    fn parse(text: &str) -> Option<Self> {
        let (rest, width) = text.rsplit_once(':')?;
        let (sum, low) = rest.rsplit_once(':')?;
        Some(Self {
            sum: Sum::parse(sum).ok()?,
            low: decimal(low)?,
            width: small(width)?,
        })
    }
}

impl Correction {
    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(':').map(small);
        let correction = Self {
            from: parts.next()??,
            to: parts.next()??,
            count: parts.next()??,
        };
        parts.next().is_none().then_some(correction)
    }
}

impl fmt::Display for Statement {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hash = |hash: &[u8; 32]| hex::encode(hash);
        writeln!(formatter, "{FORM}")?;
        writeln!(formatter, "origin {}", self.origin)?;
        writeln!(formatter, "period {}", self.period)?;
        writeln!(formatter, "view {}", self.view)?;
        writeln!(
            formatter,
            "former {}",
            list(self.former.as_ref().map(hash), "")
        )?;
        writeln!(
            formatter,
            "log {} {}",
            self.log.size,
            STANDARD.encode(self.log.root)
        )?;
        writeln!(formatter, "slots {} {}", self.slots.0, self.slots.1)?;
        writeln!(formatter, "void {}", list(&self.void, ","))?;
        writeln!(formatter, "codebook {}", hash(&self.code_book))?;
        writeln!(formatter, "plan {}", hash(&self.plan))?;
        writeln!(formatter, "cards {}", self.cards)?;
        writeln!(formatter, "classes {}", self.classes)?;
        writeln!(formatter, "pending {}", list(self.pending, ""))?;
        writeln!(formatter, "values {}", list(&self.values, " "))?;
        writeln!(formatter, "bands {}", list(&self.bands, " "))?;
        writeln!(formatter, "corrections {}", list(&self.corrections, " "))?;
        writeln!(formatter)
    }
}

impl Statement {
    /// Reads a statement.
    ///
    /// # Errors
    ///
    /// If it is not written in the one way that the protocol permits, or goes beyond its limits.
    pub fn parse(text: &[u8]) -> Result<Self, TextError> {
        if text.len() > MAX_LENGTH {
            return Err(TextError::new(FORM, "a statement has at most 1 MiB"));
        }
        let mut lines = Lines::new(text, FORM)?;
        fn field<T>(
            lines: &mut Lines<'_>,
            key: &'static str,
            rule: &'static str,
            read: impl Fn(&str) -> Option<T>,
        ) -> Result<T, TextError> {
            read(lines.value(key)?).ok_or(TextError::new(key, rule))
        }
        const NUMBER: &str = "it has to be a decimal number";
        const HASH: &str = "it has to be 64 digits in lower-case hexadecimal";
        let own = |text: &str| Some(text.to_owned());
        let statement = Self {
            origin: field(&mut lines, "origin", "", own)?,
            period: field(&mut lines, "period", "", own)?,
            view: field(&mut lines, "view", NUMBER, decimal)?,
            former: field(&mut lines, "former", HASH, |text| {
                optional(text, hexadecimal)
            })?,
            log: field(
                &mut lines,
                "log",
                "it has to be the size and the root in base64",
                |text| {
                    let (size, root) = text.split_once(' ')?;
                    Some(LogView {
                        size: decimal(size)?,
                        root: STANDARD.decode(root).ok()?.try_into().ok()?,
                    })
                },
            )?,
            slots: field(
                &mut lines,
                "slots",
                "it has to be the first and the last slot",
                |text| {
                    let (first, last) = text.split_once(' ')?;
                    Some((decimal(first)?, decimal(last)?))
                },
            )?,
            void: field(
                &mut lines,
                "void",
                "it has to be places of cards with commas",
                |text| read_list(text, ',', small),
            )?,
            code_book: field(&mut lines, "codebook", HASH, hexadecimal)?,
            plan: field(&mut lines, "plan", HASH, hexadecimal)?,
            cards: field(&mut lines, "cards", NUMBER, small)?,
            classes: field(&mut lines, "classes", NUMBER, small)?,
            pending: field(&mut lines, "pending", NUMBER, |text| optional(text, small))?,
            values: field(
                &mut lines,
                "values",
                "it has to be numbers with spaces",
                |text| read_list(text, ' ', small),
            )?,
            bands: field(
                &mut lines,
                "bands",
                "each has to be `sum:low:width`",
                |text| read_list(text, ' ', Band::parse),
            )?,
            corrections: field(
                &mut lines,
                "corrections",
                "each has to be `class:class:count`",
                |text| read_list(text, ' ', Correction::parse),
            )?,
        };
        lines.end(FORM)?;
        statement.check()?;
        // What more than one text would mean, is refused in every form but one.
        (statement.to_string().as_bytes() == text)
            .then_some(statement)
            .ok_or(TextError::new(
                FORM,
                "there is one way to write this, and it is another",
            ))
    }

    /// Whether it keeps to the rules and limits of the protocol.
    ///
    /// # Errors
    ///
    /// With the line that does not.
    pub fn check(&self) -> Result<(), TextError> {
        let rule = |holds: bool, key, rule| {
            if holds {
                Ok(())
            } else {
                Err(TextError::new(key, rule))
            }
        };
        let name = |text: &str, most| {
            (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
        };
        rule(
            name(&self.origin, 255),
            "origin",
            "1 to 255 characters of ASCII, without spaces",
        )?;
        rule(
            name(&self.period, 32),
            "period",
            "1 to 32 characters of ASCII, without spaces",
        )?;
        rule(self.view >= 1, "view", "views count from 1")?;
        rule(
            (self.view == 1) == self.former.is_none(),
            "former",
            "each view but the first has a former one",
        )?;
        rule(
            (1..=MAX_CARDS).contains(&self.cards),
            "cards",
            "1 to 1,048,576",
        )?;
        let (first, last) = self.slots;
        let slots = last
            .checked_sub(first)
            .and_then(|slots| slots.checked_add(1));
        rule(
            slots.is_some_and(|slots| slots <= u64::from(self.cards)),
            "slots",
            "the first is not behind the last, and each has a card",
        )?;
        let ascending = self.void.windows(2).all(|two| two[0] < two[1]);
        rule(
            ascending
                && self.void.iter().all(|place| *place < self.cards)
                && self.void.len() < self.cards as usize,
            "void",
            "places of cards, ascending, and not of all",
        )?;
        rule(
            (1..=MAX_CLASSES).contains(&self.classes),
            "classes",
            "1 to 65,535",
        )?;
        let class = |class: &u32| (1..=self.classes).contains(class);
        rule(
            self.pending.as_ref().is_none_or(class),
            "pending",
            "one of the classes",
        )?;
        rule(
            self.values.len() <= MAX_COLUMNS
                && self
                    .values
                    .iter()
                    .all(|values| (2..=MAX_VALUES).contains(values)),
            "values",
            "at most 8 columns, each with 2 to 65,536 values",
        )?;
        let band = |band: &Band| {
            band.sum.fits(self.classes, self.values.len())
                && (1..=MAX_VALUES).contains(&band.width)
                && band.low < MAX_NUMBER
        };
        rule(
            self.bands.len() <= MAX_BANDS && self.bands.iter().all(band),
            "bands",
            "at most 256, over classes and columns of the statement, each 1 to 65,536 wide and beginning below 2^53",
        )?;
        let correction = |own: &Correction| {
            class(&own.from)
                && class(&own.to)
                && own.from != own.to
                && Some(own.from) != self.pending
                && (1..=self.cards).contains(&own.count)
        };
        let ordered = self
            .corrections
            .windows(2)
            .all(|two| (two[0].from, two[0].to) < (two[1].from, two[1].to));
        rule(
            self.corrections.len() <= MAX_CORRECTIONS
                && ordered
                && self.corrections.iter().all(correction),
            "corrections",
            "at most 256, ascending, from one answered class to another, of at least one card",
        )?;
        rule(
            self.view > 1 || self.corrections.is_empty(),
            "corrections",
            "the first view has nothing to correct",
        )
    }

    /// Whether this view can follow that one; what differs otherwise.
    pub(crate) fn continues(&self, former: &Self) -> Result<(), &'static str> {
        let same = |holds: bool, what| if holds { Ok(()) } else { Err(what) };
        same(self.view == former.view + 1, "view")?;
        same(self.origin == former.origin, "origin")?;
        same(self.period == former.period, "period")?;
        same(self.slots == former.slots, "slots")?;
        same(self.cards == former.cards, "cards")?;
        same(self.code_book == former.code_book, "codebook")?;
        same(self.plan == former.plan, "plan")?;
        same(self.classes == former.classes, "classes")?;
        same(self.pending == former.pending, "pending")?;
        same(self.values == former.values, "values")?;
        same(self.log.size >= former.log.size, "log")?;
        same(
            former
                .void
                .iter()
                .all(|place| self.void.binary_search(place).is_ok()),
            "void",
        )
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn small() -> Statement {
        Statement {
            origin: "kvist.example/log".to_owned(),
            period: "2027H1".to_owned(),
            view: 1,
            former: None,
            log: LogView {
                size: 812,
                root: [7; 32],
            },
            slots: (3, 4),
            void: vec![],
            code_book: [1; 32],
            plan: [2; 32],
            cards: 8,
            classes: 5,
            pending: Some(5),
            values: vec![4, 16],
            bands: vec![Band {
                sum: Sum::parse("cases:2..3").unwrap(),
                low: 0,
                width: 10,
            }],
            corrections: vec![],
        }
    }

    #[test]
    fn a_statement_is_written_in_one_way_only() {
        let text = small().to_string();
        assert_eq!(Statement::parse(text.as_bytes()).unwrap(), small());
        for (old, new) in [
            ("view 1", "view 01"),
            ("view 1", "view +1"),
            ("view 1", "view 2"),
            ("former -", "former "),
            ("slots 3 4", "slots 4 3"),
            ("slots 3 4", "slots 3 11"),
            ("slots 3 4", "slots 0 18446744073709551615"),
            ("void -", "void 1,1"),
            ("void -", "void 8"),
            ("void -", "void 2,1"),
            ("void -", "void 0,1,2,3,4,5,6,7"),
            ("codebook 01", "codebook 0A"),
            ("cards 8", "cards 0"),
            ("cards 8", "cards 1048578"),
            ("classes 5", "classes 0"),
            ("classes 5", "classes 65536"),
            ("pending 5", "pending 6"),
            ("pending 5", "pending 0"),
            ("values 4 16", "values 1 16"),
            ("values 4 16", "values 4  16"),
            ("values 4 16", "values 4 65537"),
            ("2..3:0:10", "2..3:0:0"),
            ("2..3:0:10", "2..6:0:10"),
            ("2..3:0:10", "2..3:9007199254740992:10"),
            ("cases:2..3", "3:2..3"),
            ("corrections -", "corrections 1:2:1"),
            ("\n\n", "\n"),
            ("\n\n", "\n\n\n"),
            ("\n\n", "\n\n "),
            ("origin kvist", "origin  kvist"),
            ("origin kvist.example/log", "origin kvist.example/löv"),
            ("period 2027H1\n", ""),
        ] {
            let other = text.replacen(old, new, 1);
            assert_ne!(other, text, "{old}");
            assert!(Statement::parse(other.as_bytes()).is_err(), "{new}");
        }
    }
}
