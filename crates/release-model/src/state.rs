use crate::mends::Wrong;

/// Which mandate: its place among the scope's texts.
pub type Text = usize;
/// Which state directory.
pub type Dir = usize;
/// An instant, in steps of the model; one step is the tolerance between two clocks.
pub type Instant = u8;

/// The most mandates in a scope.
pub const TEXTS: usize = 2;
/// State directories: the agent's own, and a second one, which is a copy, a backup, or a second
/// agent of the region with the same key.
pub const DIRS: usize = 2;
/// How far the desk's clock may be ahead, and the agent's clock behind
/// (`lagrum_mandate::gate::CLOCK_TOLERANCE`).
pub const TOLERANCE: Instant = 1;

/// What a mandate's text says, as far as the protocol depends on it.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// From when it is good.
    pub issued: Instant,
    /// When it is no longer good.
    pub expires: Instant,
    /// Whether its recipient, or the number on which a passphrase is told, stands in the agent's own
    /// `recipients.toml`.
    pub pinned: bool,
    /// Who tells the passphrase with which it is sealed; absent where it is sealed to a key.
    pub told_by: Option<Key>,
}

/// A key that can sign a mandate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Key {
    /// Olof's, an analyst.
    Olof,
    /// Maja's, counsel.
    Maja,
    /// Maja's second one.
    MajaToo,
    /// One that the desk made up and no roster has.
    Stranger,
}

impl Key {
    pub(crate) const ALL: [Self; 4] = [Self::Olof, Self::Maja, Self::MajaToo, Self::Stranger];

    /// Whether both are keys of one person.
    pub(crate) fn is_same_person(self, other: Self) -> bool {
        let maja = |key| matches!(key, Self::Maja | Self::MajaToo);
        self == other || maja(self) && maja(other)
    }

    fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// Who signed a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Signatures(u8);

impl Signatures {
    pub(crate) fn of(keys: &[Key]) -> Self {
        Self(keys.iter().fold(0, |all, key| all | key.bit()))
    }
    pub(crate) fn add(&mut self, key: Key) {
        self.0 |= key.bit();
    }
    pub(crate) fn has(self, key: Key) -> bool {
        self.0 & key.bit() != 0
    }
    pub(crate) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
    pub(crate) fn counsel(self) -> bool {
        self.has(Key::Maja) || self.has(Key::MajaToo)
    }
    /// Two different people of the roster, one of them counsel.
    pub(crate) fn two_people(self) -> bool {
        self.has(Key::Olof) && self.counsel()
    }
    /// Two different keys of the roster, one of them counsel's.
    pub(crate) fn two_keys(self) -> bool {
        self.two_people() || (self.has(Key::Maja) && self.has(Key::MajaToo))
    }
}

/// A recall.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Recall {
    /// Nobody signed one.
    #[default]
    None,
    /// Somebody of the roster signed it; the desk has it.
    Withheld,
    /// It lies in the exchange.
    Lies,
}

/// A history that a log tells: which mandates it releases, in their order.
pub type Log = Vec<Text>;

/// Whether a history tells all of another, in the same order.
pub(crate) fn grown_from(new: &[Text], old: &[Text]) -> bool {
    new.starts_with(old)
}

/// What the record says of one mandate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Carried {
    /// Nothing.
    #[default]
    No,
    /// It is spent, and there is no package to hand out.
    Spent,
    /// It is spent; package `number` is to be handed out (`sent`: was).
    Package {
        /// Which package of this mandate it is, over all agents.
        number: u8,
        /// Whether it was handed out.
        sent: bool,
    },
}

/// The ledger of one state directory.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Ledger {
    pub(crate) id: u8,
    pub(crate) begun: Instant,
    pub(crate) latest: Instant,
    pub(crate) carried: [Carried; TEXTS],
    pub(crate) recalled: [bool; TEXTS],
    pub(crate) remembered: Log,
    /// Of which mandates the journal says that their passphrase was shown.
    pub(crate) shown: [bool; TEXTS],
}

/// What a record knows, without what can be known again.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Knows {
    pub(crate) carried: [bool; TEXTS],
    pub(crate) recalled: [bool; TEXTS],
    pub(crate) latest: Instant,
    pub(crate) remembered: Log,
}

impl Knows {
    /// Whether nothing of what another knows is missing.
    pub(crate) fn all_of(&self, other: &Self) -> bool {
        let has = |mine: &[bool], theirs: &[bool]| mine.iter().zip(theirs).all(|(m, t)| m >= t);
        has(&self.carried, &other.carried)
            && has(&self.recalled, &other.recalled)
            && self.latest >= other.latest
            && grown_from(&self.remembered, &other.remembered)
    }
}

impl Ledger {
    pub(crate) fn begun(id: u8, at: Instant) -> Self {
        Self {
            id,
            begun: at,
            latest: at,
            carried: [Carried::No; TEXTS],
            recalled: [false; TEXTS],
            remembered: Vec::new(),
            shown: [false; TEXTS],
        }
    }

    pub(crate) fn count(&self) -> u8 {
        let rows = self.carried.iter().filter(|row| **row != Carried::No);
        u8::try_from(rows.count()).unwrap_or(u8::MAX)
    }

    pub(crate) fn knows(&self) -> Knows {
        Knows {
            carried: self.carried.map(|row| row != Carried::No),
            recalled: self.recalled,
            latest: self.latest,
            remembered: self.remembered.clone(),
        }
    }

    /// What lies there sealed and was not handed out.
    pub(crate) fn left(&self) -> impl Iterator<Item = (Text, u8)> + '_ {
        let left = |(text, row): (Text, &Carried)| match row {
            Carried::Package {
                number,
                sent: false,
            } => Some((text, *number)),
            _ => None,
        };
        self.carried.iter().enumerate().filter_map(left)
    }
}

/// The mark beside the agent's key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Mark {
    pub(crate) id: u8,
    pub(crate) carried: u8,
    /// Which mandate is being recorded ([`crate::Mend::MarkFirst`]).
    pub(crate) begun: Option<Text>,
    /// What the record knows ([`crate::Mend::MarkKnowsAll`]).
    pub(crate) knows: Option<Knows>,
}

/// Why a mandate was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// Gate, check 1.
    Signatures,
    /// The log, or gate, check 2.
    Log,
    /// Gate, check 4.
    Recipient,
    /// Gate, check 4: it begins in the future, or ran out.
    Time,
    /// Gate, check 4: it was issued before the record begins.
    BeforeRecord,
    /// Gate, check 4.
    CarriedOut,
    /// It was recalled.
    Recalled,
}

/// How far a running agent is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// It hands out what an earlier run left.
    HandingOut,
    /// It takes the next mandate.
    Ready,
    /// It refused one, and takes the next.
    Refused(Text, Why),
    /// It holds a mandate of which it believes nothing.
    Fetched(Text),
    /// It believes the log that was shown with it.
    Believed(Text),
    /// The gate let it through; the search runs.
    Admitted(Text, Instant),
    /// It is sealed; not spent yet.
    Sealed(Text, Instant),
    /// The record's row is written, its mark not; or the other way about.
    Half(Text),
    /// It is spent.
    Spent(Text),
}

/// The whole world at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct State {
    /// The time.
    pub(crate) time: Instant,
    /// How far the agent's host's clock is behind.
    pub(crate) behind: Instant,
    pub(crate) signed: [Signatures; TEXTS],
    /// The history that witnesses cosigned and the public sees.
    pub(crate) public: Log,
    pub(crate) recall: [Recall; TEXTS],
    pub(crate) ledger: [Option<Ledger>; DIRS],
    /// What the agent does that works in a state directory.
    pub(crate) run: [Option<Step>; DIRS],
    pub(crate) mark: Mark,
    /// The mark in the backup.
    pub(crate) backup: Option<Mark>,
    /// What the scope lets happen a number of times.
    pub(crate) left: Left,

    // What nobody in the world knows; only the properties ask for it.
    /// Which recalls the agent could have seen.
    pub(crate) could_see: [bool; TEXTS],
    /// The latest time that an agent read from its clock.
    pub(crate) read: Instant,
    /// The history that an agent believed last.
    pub(crate) believed: Log,
    /// How many packages of each mandate were recorded.
    pub(crate) packages: [u8; TEXTS],
    /// Which of them left (bits).
    pub(crate) sent: [u8; TEXTS],
    /// Whose passphrase was shown.
    pub(crate) shown: [bool; TEXTS],
    /// What must never happen and did (bits).
    pub(crate) wrongs: u16,
}

/// How often something may still happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Left {
    /// The clock is set back.
    pub set_backs: u8,
    /// A state directory is copied, or lost.
    pub copies: u8,
    /// The operator begins a record again.
    pub begins: u8,
    /// An agent is killed or ends.
    pub ends: u8,
}

impl State {
    /// The time by the clock of the agent's host.
    pub(crate) fn clock(&self) -> Instant {
        self.time - self.behind
    }

    pub(crate) fn is_wrong(&mut self, wrong: Wrong) {
        self.wrongs |= 1 << wrong as u8;
    }

    /// Whether something happened that must never happen.
    #[must_use]
    pub fn has(&self, wrong: Wrong) -> bool {
        self.wrongs & (1 << wrong as u8) != 0
    }
}
