use std::fmt;

/// What stops an attack. Each can be taken out of the model, and then the attack is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Mend {
    /// The agent seals to nobody whom it does not know (gate, check 4).
    PinnedRecipients,
    /// A signature counts for the text that it was made over, and for no other (gate, check 1).
    ExactText,
    /// Two keys of one person are one person (gate, check 1).
    PeopleById,
    /// A checkpoint counts only if the witnesses of the policy saw it.
    Witnesses,
    /// The agent remembers the log's last checkpoint, and the log must have grown from it.
    RemembersLog,
    /// The agent reads the recalls in the exchange: before it begins, and twice around sealing.
    HearsRecalls,
    /// A recall that was heard is kept in the record.
    RemembersRecalls,
    /// What stands in the record as carried out is not carried out again (gate, check 4, and the
    /// key of the table).
    CarriedOutBefore,
    /// A mandate that ran out while the agent searched is not sealed.
    ExpiryAtSealing,
    /// The mark beside the agent's key names the one record that belongs to the key.
    RecordId,
    /// The mark says how many mandates the record knew of; a record that knows fewer is refused.
    MarkCount,
    /// What was issued before the record begins is not carried out.
    BeginInstant,
    /// The agent does not work at an earlier time than it worked before.
    ClockFloor,
    /// One agent at a time works with a key, whatever its state directory.
    LockBesideKey,
    /// The mark is written before the row of the record, and names the mandate: what was begun and
    /// not recorded counts as spent.
    MarkFirst,
    /// The mark pins all that the record knows (recalls, latest instant, checkpoint), not only the
    /// number of mandates.
    MarkKnowsAll,
    /// Each reading of the clock, not only that at the start, is held against the latest instant,
    /// kept there, and never used as an earlier one.
    FloorAtEachReading,
    /// A record that begins again begins after the latest instant at which a mandate could have been
    /// issued that the old one carried out, not at it.
    BeginsAfter,
    /// Recalls are heard before what was left over is handed out, and stop it.
    RecallBeforeHandOut,
    /// Recalls are heard before each search, not only when the agent begins.
    RecallBeforeSearch,
    /// A passphrase is told by nobody who is not on the agent's roster (gate, check 4).
    TellerOfRoster,
    /// A passphrase is sealed to the keys of the person who tells it, and opened by no other.
    ShownToTeller,
    /// The journal says that a passphrase was shown, before it is; then it is shown no more.
    ShownOnce,
}

impl Mend {
    /// All of them.
    pub const ALL: [Self; 23] = [
        Self::PinnedRecipients,
        Self::ExactText,
        Self::PeopleById,
        Self::Witnesses,
        Self::RemembersLog,
        Self::HearsRecalls,
        Self::RemembersRecalls,
        Self::CarriedOutBefore,
        Self::ExpiryAtSealing,
        Self::RecordId,
        Self::MarkCount,
        Self::BeginInstant,
        Self::ClockFloor,
        Self::LockBesideKey,
        Self::MarkFirst,
        Self::MarkKnowsAll,
        Self::FloorAtEachReading,
        Self::BeginsAfter,
        Self::RecallBeforeHandOut,
        Self::RecallBeforeSearch,
        Self::TellerOfRoster,
        Self::ShownToTeller,
        Self::ShownOnce,
    ];

    /// What the checker asked for and the code does not have yet: nothing.
    pub const NOT_BUILT: [Self; 0] = [];
}

/// Which mends are in place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mends(u32);

impl Mends {
    /// All of them.
    #[must_use]
    pub fn all() -> Self {
        Mend::ALL
            .into_iter()
            .fold(Self(0), |all, one| Self(all.0 | bit(one)))
    }

    /// Those that the code has.
    #[must_use]
    pub fn built() -> Self {
        Mend::NOT_BUILT.into_iter().fold(Self::all(), Self::without)
    }

    /// All but one.
    #[must_use]
    pub fn without(self, one: Mend) -> Self {
        Self(self.0 & !bit(one))
    }

    /// Whether one is in place.
    #[must_use]
    pub fn has(self, one: Mend) -> bool {
        self.0 & bit(one) != 0
    }
}

fn bit(mend: Mend) -> u32 {
    1 << mend as u8
}

/// What must never happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Wrong {
    /// Sealed what two different people did not sign as exactly that text.
    NotTwoPeople,
    /// Sealed to a recipient whom the agent did not pin.
    NotPinned,
    /// Sealed what does not stand in the log that the public sees.
    NotPublic,
    /// Two packages of one mandate left the agent.
    Twice,
    /// Sealed after a recall that the agent could have seen.
    SealedAfterRecall,
    /// Searched after a recall that the agent could have seen.
    SearchedAfterRecall,
    /// Handed out, by a later run, after a recall that the agent could have seen.
    HandedOutAfterRecall,
    /// Sealed although the agent had read a time at which the mandate was no longer good.
    Expired,
    /// Believed a log that does not contain what the agent saw in it before.
    OtherHistory,
    /// Sealed with a passphrase that somebody tells who is not on the agent's roster.
    ToldByStranger,
    /// A passphrase was shown to somebody whom two people did not name.
    ShownToOther,
    /// A passphrase was shown a second time.
    ShownTwice,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.never())
    }
}

impl Wrong {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::NotTwoPeople,
        Self::NotPinned,
        Self::NotPublic,
        Self::Twice,
        Self::SealedAfterRecall,
        Self::SearchedAfterRecall,
        Self::HandedOutAfterRecall,
        Self::Expired,
        Self::OtherHistory,
        Self::ToldByStranger,
        Self::ShownToOther,
        Self::ShownTwice,
    ];

    /// The property that it breaks, as it is named in the checker.
    #[must_use]
    pub fn never(self) -> &'static str {
        match self {
            Self::NotTwoPeople => "two people signed exactly what is sealed",
            Self::NotPinned => "sealed only to whom the agent pinned",
            Self::NotPublic => "what is sealed stands in the public's log",
            Self::Twice => "one package at most leaves for a mandate",
            Self::SealedAfterRecall => "nothing is sealed after a recall that could be seen",
            Self::SearchedAfterRecall => "nothing is searched after a recall that could be seen",
            Self::HandedOutAfterRecall => {
                "no later run hands out after a recall that could be seen"
            }
            Self::Expired => "nothing is sealed after the mandate ran out",
            Self::OtherHistory => "the log never tells an agent less than before",
            Self::ToldByStranger => "a passphrase is told by somebody of the roster",
            Self::ShownToOther => "a passphrase is shown to whom two people named",
            Self::ShownTwice => "a passphrase is shown once",
        }
    }
}
