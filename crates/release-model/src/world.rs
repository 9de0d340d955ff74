use stateright::{Model, Property};

use crate::mends::{Mend, Mends, Wrong};
use crate::state::{
    Carried, DIRS, Dir, Instant, Key, Ledger, Left, Log, Mark, Recall, Signatures, State, Step,
    TEXTS, TOLERANCE, Terms, Text, Why,
};
use crate::steps::AgentStep;

/// How much of the world is looked at.
#[derive(Clone, Debug)]
pub struct Scope {
    /// Its name, for what is printed.
    pub name: &'static str,
    /// The mandates; at most `TEXTS`.
    pub texts: Vec<Terms>,
    /// Whether the mandates are signed and public from the start.
    pub released: bool,
    /// Whether recalls are signed.
    pub recalls: bool,
    /// The last instant.
    pub last: Instant,
    /// How often the rest happens.
    pub left: Left,
    /// Whether who begins a record again looks first whether the clock is right.
    pub operator_looks_at_clock: bool,
    /// Whether a backup of the state directory holds the mark beside the key too, and restores it.
    pub backup_holds_mark: bool,
}

/// The model: a scope, and the mends that are in place.
#[derive(Clone, Debug)]
pub struct World {
    pub(crate) scope: Scope,
    pub(crate) mends: Mends,
}

/// What happens.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Somebody signs a text that the desk shows (`Session::add_signatures`). People judge what they
    /// sign and can be misled in what they cannot judge, so they may sign any.
    Sign(Key, Text),
    /// The desk appends the event that releases a mandate to the log (`Desk::settle`), and the
    /// witnesses cosign: the public sees it. The desk may do so before anybody signed.
    Publish(Text),
    /// Somebody of the roster recalls a mandate ([`Recall`]); the desk has the note.
    SignRecall(Text),
    /// The desk leaves the note in the exchange (`DeskEnd::leave_recall`).
    LeaveRecall(Text),
    /// The desk takes it away again.
    HideRecall(Text),
    /// Time passes.
    Tick,
    /// The clock of the agent's host is set back by one.
    SetBack,
    /// It is set right.
    SetRight,
    /// A state directory is copied over another: a backup, its restoration, a second state directory.
    Copy(Dir, Dir),
    /// A state directory is lost.
    Lose(Dir),
    /// The operator says `lagrum agent begin --again` (`begin_record`, `Ledger::begin`).
    BeginAgain(Dir),
    /// Somebody who is where the data lies asks with a key for the passphrase of a mandate
    /// (`Agent::show_passphrase`).
    Show(Dir, Key, Text),
    /// An agent that works in a state directory takes a step.
    Agent(Dir, AgentStep),
}

impl World {
    /// The world of a scope with these mends.
    #[must_use]
    pub fn new(scope: Scope, mends: Mends) -> Self {
        assert!(scope.texts.len() <= TEXTS, "too many texts");
        Self { scope, mends }
    }

    pub(crate) fn has(&self, mend: Mend) -> bool {
        self.mends.has(mend)
    }

    /// Every history that somebody with the log's key could sign.
    pub(crate) fn histories(&self) -> Vec<Log> {
        let all: [&[Text]; 4] = [&[0], &[1], &[0, 1], &[1, 0]];
        let texts = self.scope.texts.len();
        let fits = |log: &&[Text]| log.iter().all(|text| *text < texts);
        all.into_iter().filter(fits).map(<[Text]>::to_vec).collect()
    }

    pub(crate) fn record_of<'s>(&self, state: &'s State, dir: Dir) -> &'s Ledger {
        state.ledger[dir]
            .as_ref()
            .expect("a running agent has a record")
    }

    pub(crate) fn record_mut<'s>(&self, state: &'s mut State, dir: Dir) -> &'s mut Ledger {
        state.ledger[dir]
            .as_mut()
            .expect("a running agent has a record")
    }

    /// Shows a passphrase to whoever asks, if the package counts that was sealed with it.
    fn show(&self, state: &mut State, dir: Dir, key: Key, text: Text) -> bool {
        let Some(teller) = self.scope.texts[text].told_by else {
            return false;
        };
        let Some(ledger) = &mut state.ledger[dir] else {
            return false;
        };
        let made = ledger.carried[text] != Carried::No;
        let other = !key.is_same_person(teller);
        let refused = self.has(Mend::ShownToTeller) && other
            || self.has(Mend::ShownOnce) && ledger.shown[text];
        if !made || refused {
            return false;
        }
        ledger.shown[text] = true;
        if other {
            state.is_wrong(Wrong::ShownToOther);
        }
        if state.shown[text] {
            state.is_wrong(Wrong::ShownTwice);
        }
        state.shown[text] = true;
        true
    }

    fn begin_again(&self, state: &mut State, dir: Dir) -> bool {
        let busy = self.has(Mend::LockBesideKey) && state.run.iter().any(Option::is_some);
        if busy || (self.scope.operator_looks_at_clock && state.behind > 0) {
            return false;
        }
        state.left.begins -= 1;
        let after = u8::from(self.has(Mend::BeginsAfter));
        let at = state.clock() + TOLERANCE + after;
        let id = state.mark.id + 1;
        let ledger = state.ledger[dir].get_or_insert_with(|| Ledger::begun(id, at));
        (ledger.id, ledger.begun, ledger.latest) = (id, at, at);
        // What the agent saw before, it may have forgotten: the operator says so.
        state.believed.clone_from(&ledger.remembered);
        self.set_mark(state, dir)
    }
}

impl Model for World {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        let texts = self.scope.texts.len();
        let signed = if self.scope.released {
            Signatures::of(&[Key::Olof, Key::Maja])
        } else {
            Signatures::default()
        };
        let ledger = Ledger::begun(1, 0);
        let mut state = State {
            time: 0,
            behind: 0,
            signed: [signed; TEXTS],
            public: (0..if self.scope.released { texts } else { 0 }).collect(),
            recall: [Recall::None; TEXTS],
            ledger: [Some(ledger), None],
            run: [None, None],
            mark: Mark {
                id: 1,
                carried: 0,
                begun: None,
                knows: None,
            },
            backup: None,
            left: self.scope.left,
            could_see: [false; TEXTS],
            read: 0,
            believed: Vec::new(),
            packages: [0; TEXTS],
            sent: [0; TEXTS],
            shown: [false; TEXTS],
            wrongs: 0,
        };
        self.set_mark(&mut state, 0);
        vec![state]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        for text in 0..self.scope.texts.len() {
            if !self.scope.released {
                actions.extend(Key::ALL.map(|key| Action::Sign(key, text)));
                actions.push(Action::Publish(text));
            }
            if self.scope.recalls {
                actions.push(match state.recall[text] {
                    Recall::None => Action::SignRecall(text),
                    Recall::Withheld => Action::LeaveRecall(text),
                    Recall::Lies => Action::HideRecall(text),
                });
            }
        }
        if state.time < self.scope.last {
            actions.push(Action::Tick);
        }
        if state.left.set_backs > 0 && state.clock() > 0 {
            actions.push(Action::SetBack);
        }
        if state.behind > 0 {
            actions.push(Action::SetRight);
        }
        for dir in 0..DIRS {
            if state.left.copies > 0 && state.run[dir].is_none() {
                actions.push(Action::Copy(1 - dir, dir));
                actions.push(Action::Lose(dir));
            }
            if state.left.begins > 0 {
                actions.push(Action::BeginAgain(dir));
            }
            let texts = self.scope.texts.iter().enumerate();
            for (text, _) in texts.filter(|(_, terms)| terms.told_by.is_some()) {
                actions.extend(Key::ALL.map(|key| Action::Show(dir, key, text)));
            }
            let mut steps = Vec::new();
            self.agent_steps(state, dir, &mut steps);
            actions.extend(steps.into_iter().map(|step| Action::Agent(dir, step)));
        }
    }

    fn next_state(&self, last: &State, action: Action) -> Option<State> {
        let mut state = last.clone();
        let can = match action {
            Action::Sign(key, text) => {
                state.signed[text].add(key);
                true
            }
            Action::Publish(text) => {
                let new = !state.public.contains(&text);
                state.public.extend(new.then_some(text));
                new
            }
            Action::SignRecall(text) | Action::HideRecall(text) => {
                state.recall[text] = Recall::Withheld;
                true
            }
            Action::LeaveRecall(text) => {
                state.recall[text] = Recall::Lies;
                true
            }
            Action::Tick => {
                state.time += 1;
                true
            }
            Action::SetBack => {
                state.behind += 1;
                state.left.set_backs -= 1;
                true
            }
            Action::SetRight => {
                state.behind = 0;
                true
            }
            Action::Copy(from, to) => {
                state.left.copies -= 1;
                state.ledger[to] = state.ledger[from].clone();
                if self.scope.backup_holds_mark {
                    match (from, &state.backup) {
                        (0, _) => state.backup = Some(state.mark.clone()),
                        (_, Some(mark)) => state.mark = mark.clone(),
                        (_, None) => {}
                    }
                }
                last.ledger[from].is_some()
            }
            Action::Lose(dir) => {
                state.left.copies -= 1;
                state.ledger[dir].take().is_some()
            }
            Action::BeginAgain(dir) => self.begin_again(&mut state, dir),
            Action::Show(dir, key, text) => self.show(&mut state, dir, key, text),
            Action::Agent(dir, step) => self.agent(&mut state, dir, &step),
        };
        (can && state != *last).then_some(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        let always = Property::<Self>::always;
        let sometimes = Property::<Self>::sometimes;
        let mut properties = vec![
            always(Wrong::NotTwoPeople.never(), |_, s| {
                !s.has(Wrong::NotTwoPeople)
            }),
            always(Wrong::NotPinned.never(), |_, s| !s.has(Wrong::NotPinned)),
            always(Wrong::NotPublic.never(), |_, s| !s.has(Wrong::NotPublic)),
            always(Wrong::Twice.never(), |_, s| !s.has(Wrong::Twice)),
            always(Wrong::SealedAfterRecall.never(), |_, s| {
                !s.has(Wrong::SealedAfterRecall)
            }),
            always(Wrong::SearchedAfterRecall.never(), |_, s| {
                !s.has(Wrong::SearchedAfterRecall)
            }),
            always(Wrong::HandedOutAfterRecall.never(), |_, s| {
                !s.has(Wrong::HandedOutAfterRecall)
            }),
            always(Wrong::Expired.never(), |_, s| !s.has(Wrong::Expired)),
            always(Wrong::OtherHistory.never(), |_, s| {
                !s.has(Wrong::OtherHistory)
            }),
            always(Wrong::ToldByStranger.never(), |_, s| {
                !s.has(Wrong::ToldByStranger)
            }),
            always(Wrong::ShownToOther.never(), |_, s| {
                !s.has(Wrong::ShownToOther)
            }),
            always(Wrong::ShownTwice.never(), |_, s| !s.has(Wrong::ShownTwice)),
            sometimes("a mandate is carried out", |_, s| {
                s.sent.iter().any(|sent| *sent != 0)
            }),
        ];
        let known = |terms: &Terms| terms.pinned && terms.told_by != Some(Key::Stranger);
        let told = |terms: &Terms| known(terms) && terms.told_by.is_some();
        if self.scope.texts.iter().any(told) {
            properties.push(sometimes("a passphrase is shown", |_, s| {
                s.shown.contains(&true)
            }));
        }
        if self.scope.texts.len() == TEXTS && self.scope.texts.iter().all(known) {
            properties.push(sometimes("every mandate is carried out", |_, s| {
                s.sent.iter().all(|sent| *sent != 0)
            }));
        }
        if !self.scope.released {
            properties.push(sometimes("unsigned is refused", |_, s| {
                refused(s, Why::Signatures)
            }));
            properties.push(sometimes("unlogged is refused", |_, s| {
                refused(s, Why::Log)
            }));
        }
        if self.scope.recalls {
            properties.push(sometimes("a recall is heard before the search", |_, s| {
                refused(s, Why::Recalled)
            }));
            properties.push(sometimes("a recall comes too late", |_, s| {
                (0..TEXTS).any(|text| s.could_see[text] && s.sent[text] != 0)
            }));
        }
        if self.scope.left.begins > 0 {
            properties.push(sometimes("older than the record is refused", |_, s| {
                refused(s, Why::BeforeRecord)
            }));
        }
        if self.scope.left.ends > 0 {
            properties.push(sometimes("carried out before is refused", |_, s| {
                refused(s, Why::CarriedOut)
            }));
            properties.push(sometimes(
                "a run is cut off between mark and row",
                |_, s| {
                    (0..DIRS).any(|dir| {
                        let ledger = s.ledger[dir].as_ref();
                        s.run[dir].is_none()
                            && ledger.is_some_and(|it| {
                                s.mark.id == it.id && s.mark.carried != it.count()
                            })
                    })
                },
            ));
            properties.push(sometimes("what was cut off is handed out later", |_, s| {
                (0..DIRS).any(|dir| {
                    let sent = |row: &Carried| matches!(row, Carried::Package { sent: true, .. });
                    matches!(s.run[dir], Some(Step::HandingOut))
                        && s.ledger[dir]
                            .as_ref()
                            .is_some_and(|it| it.carried.iter().any(sent))
                })
            }));
        }
        if self
            .scope
            .texts
            .iter()
            .any(|terms| terms.expires <= self.scope.last)
        {
            properties.push(sometimes("run out is refused", |_, s| {
                refused(s, Why::Time)
            }));
        }
        if self.scope.texts.iter().any(|terms| !known(terms)) {
            properties.push(sometimes("an unknown recipient is refused", |_, s| {
                refused(s, Why::Recipient)
            }));
        }
        properties
    }

    fn format_action(&self, action: &Action) -> String {
        crate::words::of(action)
    }
}

fn refused(state: &State, why: Why) -> bool {
    let this = |step: &Option<Step>| matches!(step, Some(Step::Refused(_, it)) if *it == why);
    state.run.iter().any(this)
}
