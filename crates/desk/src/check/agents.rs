//! The agents, as what they told of themselves shows them, and the accounts that both sides list.

use jiff::SignedDuration;
use lagrum_mandate::answer::Beat;
use lagrum_mandate::gate::CLOCK_TOLERANCE;
use lagrum_model::{Matter, Region, Standing};

use super::Found;

/// An agent that carries out a mandate tells so every five minutes. One that missed this many times broke off.
const TOLD_AT_LEAST: SignedDuration = SignedDuration::from_mins(20);
/// More accounts than that are written by hand by nobody.
const MOST_BY_HAND: usize = 5000;
/// More accounts than that nobody mends one by one: the first show what is wrong.
const MOST_SHOWN: usize = 20;

impl Found<'_> {
    pub(super) fn agents(&mut self) {
        let config = &self.desk.inner.config;
        for agent in &config.agents {
            let region = agent.region.clone();
            match self.desk.inner.transport.beat(&region) {
                Ok(Some(beat)) => self.agent(beat),
                Ok(None) => {
                    self.line(
                        Standing::NotKnown,
                        Matter::AgentNeverSeen {
                            region: region.clone(),
                        },
                    );
                    self.line(Standing::NotKnown, Matter::LawNotKnown { region });
                }
                Err(error) => {
                    let why = error.to_string();
                    self.line(
                        Standing::NotInOrder,
                        Matter::AgentUnreachable { region, why },
                    );
                }
            }
        }
    }

    fn agent(&mut self, beat: Beat) {
        let (region, at) = (beat.region.clone(), beat.at);
        let silent = self.is_older(at, self.settings.agent_silent_hours);
        // What an agent counts, it counts of all cases.
        let whole = self.groups.is_none();
        let ahead = at.duration_since(self.now) > CLOCK_TOLERANCE;
        if ahead {
            let matter = Matter::AgentClock {
                region: region.clone(),
                at,
            };
            self.line(Standing::NotInOrder, matter);
        } else if silent {
            let waiting = Some(beat.waiting).filter(|_| whole);
            let matter = Matter::AgentSilent {
                region: region.clone(),
                at,
                waiting,
            };
            self.line(Standing::NotInOrder, matter);
        } else {
            let version = beat.version.clone();
            let matter = Matter::AgentAtWork {
                region: region.clone(),
                at,
                version,
            };
            self.line(Standing::InOrder, matter);
            self.working(&beat, whole);
        }
        let count = beat.refused.values().sum();
        if whole && count > 0 {
            let codes = beat.refused.keys().map(|code| code.as_str().to_owned());
            let matter = Matter::AgentRefused {
                region: region.clone(),
                count,
                codes: codes.collect(),
            };
            self.line(Standing::Soon, matter);
        }
        if whole && beat.to_review > 0 {
            let matter = Matter::WaitsForCounsel {
                region: region.clone(),
                count: beat.to_review,
            };
            self.line(Standing::Soon, matter);
        }
        if whole && beat.cards_missing > 0 {
            let matter = Matter::CardsMissing {
                region: region.clone(),
                count: beat.cards_missing,
            };
            self.line(Standing::NotInOrder, matter);
        }
        self.same_as_here(&region, &beat, silent);
    }

    /// How far an agent is with a mandate, or that it broke off. How far it is, and since when, is told of whatever case
    /// it is: not to whom other cases are not there. That it broke off concerns theirs, too.
    fn working(&mut self, beat: &Beat, whole: bool) {
        let Some(working) = &beat.working else {
            return;
        };
        let region = beat.region.clone();
        if self.now.duration_since(beat.at) > TOLD_AT_LEAST {
            let at = beat.at;
            self.line(Standing::NotInOrder, Matter::AgentBrokeOff { region, at });
            return;
        }
        if !whole {
            return;
        }
        let matter = Matter::AgentBusy {
            region,
            since: working.since,
            step: working.step.as_str().to_owned(),
            source: working.source,
            sources: working.sources,
        };
        self.line(Standing::InOrder, matter);
    }

    /// Whether an agent applies the same law, is of the same version and believes the same people as the desk. What
    /// one that is silent has now, nobody knows.
    fn same_as_here(&mut self, region: &Region, beat: &Beat, silent: bool) {
        let region = || region.clone();
        match self.desk.law() {
            Ok(_) if silent => {
                self.line(Standing::NotKnown, Matter::LawNotKnown { region: region() })
            }
            Ok(packs) if packs.digest() == beat.law => {
                let matter = Matter::SameLaw {
                    region: region(),
                    law: beat.law,
                };
                self.line(Standing::InOrder, matter);
            }
            Ok(packs) => {
                let (here, there) = (packs.digest(), beat.law);
                let matter = Matter::OtherLaw {
                    region: region(),
                    there,
                    here,
                };
                self.line(Standing::NotInOrder, matter);
            }
            // The desk's own packs are another line.
            Err(_) => {}
        }
        if silent {
            return;
        }
        let here = env!("CARGO_PKG_VERSION");
        if beat.version != here {
            let matter = Matter::OtherVersion {
                region: region(),
                there: beat.version.clone(),
                here: here.to_owned(),
            };
            self.line(Standing::Soon, matter);
        }
        match self.desk.roster() {
            Ok(roster) if roster.digest() == beat.roster => {
                self.line(Standing::InOrder, Matter::SameRoster { region: region() });
            }
            Ok(_) => self.line(
                Standing::NotInOrder,
                Matter::OtherRoster { region: region() },
            ),
            Err(_) => {}
        }
        if !beat.own_machine {
            self.line(Standing::Soon, Matter::OwnMachineOff { region: region() });
        }
    }

    /// The accounts that are written by hand, held against the agents whose configuration lies here, too.
    pub(super) fn accounts(&mut self) {
        let directory = match self.desk.directory() {
            Ok(directory) => directory,
            Err(error) => {
                let why = error.to_string();
                self.line(Standing::NotInOrder, Matter::DirectoryFault { why });
                return;
            }
        };
        if directory.has_table() {
            self.line(Standing::NotKnown, Matter::AccountsOfTable);
        }
        for region in directory.regions() {
            let listed = directory.by_hand_in(&region, MOST_BY_HAND);
            if listed.is_empty() {
                continue;
            }
            let beside = self.desk.beside.as_ref();
            let unknown = beside.and_then(|beside| beside.unknown_accounts(&region, &listed));
            match unknown {
                None => self.line(Standing::NotKnown, Matter::AccountsNotCompared { region }),
                Some(Err(why)) => {
                    self.line(Standing::NotInOrder, Matter::AccountsFault { region, why });
                }
                Some(Ok(unknown)) if unknown.is_empty() => {
                    let count = listed.len() as u64;
                    self.line(Standing::InOrder, Matter::AccountsAgree { region, count });
                }
                Some(Ok(unknown)) => {
                    for account in unknown.iter().take(MOST_SHOWN) {
                        let (region, account) = (region.clone(), account.to_string());
                        let matter = Matter::AccountWithoutSource { region, account };
                        self.line(Standing::NotInOrder, matter);
                    }
                }
            }
        }
    }
}
