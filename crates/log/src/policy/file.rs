//! Policies as files (c2sp.org/tlog-policy).

use std::collections::{HashMap, HashSet};

use lagrum_notes::{VerifyingKey, role};

use super::{CheckpointPolicy, Quorum};

/// The most lines that are read: three times the 32 logs, witnesses and groups that a reader has to
/// support, each with a comment, and then some.
const MOST_LINES: usize = 1_000;
/// The most members of a group.
const MOST_MEMBERS: usize = 64;

/// What is wrong with a policy: which line (from 1; 0 where the whole is meant), and the rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("log policy, line {line}: {rule}")]
pub struct PolicyError {
    /// Which line.
    pub line: usize,
    /// The rule, and the way out.
    pub rule: String,
}

/// What a name stands for.
enum Named {
    Witness(VerifyingKey<role::Witness>),
    Group(Quorum),
}

/// Reads a policy of one log.
pub(super) fn parse(text: &str) -> Result<CheckpointPolicy, PolicyError> {
    let whole = |rule: &str| PolicyError {
        line: 0,
        rule: rule.to_owned(),
    };
    if text.lines().count() > MOST_LINES {
        return Err(whole("a policy has at most 1,000 lines"));
    }
    let mut reading = Reading::default();
    for (at, line) in text.lines().enumerate() {
        if line.bytes().any(|byte| byte < 0x20 && byte != b'\t') {
            return Err(PolicyError {
                line: at + 1,
                rule: "it holds a control character".into(),
            });
        }
        let mut words = line.split_ascii_whitespace();
        let Some(kind) = words.next().filter(|word| !word.starts_with('#')) else {
            continue;
        };
        let words: Vec<_> = words.collect();
        reading
            .line(kind, &words)
            .map_err(|rule| PolicyError { line: at + 1, rule })?;
    }
    let log = reading
        .log
        .ok_or_else(|| whole("no `log` line names the log"))?;
    let quorum = reading.quorum.ok_or_else(|| {
        whole(
            "no `quorum` line says who must have seen a checkpoint; write `quorum none` if nobody",
        )
    })?;
    if reading.keys.iter().any(|key| key.same_key(&log)) {
        return Err(whole("the log's own key is no witness"));
    }
    Ok(CheckpointPolicy {
        log,
        former: Vec::new(),
        witnesses: reading.keys,
        addresses: reading.addresses,
        quorum,
    })
}

#[derive(Default)]
struct Reading {
    log: Option<VerifyingKey<role::Log>>,
    keys: Vec<VerifyingKey<role::Witness>>,
    addresses: Vec<(VerifyingKey<role::Witness>, String)>,
    names: HashMap<String, Named>,
    members: HashSet<String>,
    /// The witnesses that count somewhere already, by the names of their keys.
    counted: HashSet<String>,
    quorum: Option<Quorum>,
}

impl Reading {
    fn line(&mut self, kind: &str, words: &[&str]) -> Result<(), String> {
        match (kind, words) {
            ("log", [key] | [key, _]) => {
                let key = VerifyingKey::parse(key).map_err(|e| e.to_string())?;
                if self.log.replace(key).is_some() {
                    return Err("a policy of a provider's log names one log".into());
                }
                Ok(())
            }
            ("witness", [name, key, address @ ..]) if address.len() <= 1 => {
                let key = VerifyingKey::<role::Witness>::parse(key).map_err(|e| e.to_string())?;
                // A witness may have a key of each of the two types.
                let known = |other: &VerifyingKey<role::Witness>| {
                    other.same_key(&key)
                        || (other.name() == key.name() && other.is_ml_dsa() == key.is_ml_dsa())
                };
                if self.keys.iter().any(known) {
                    return Err("the same witness or the same key stands there twice".into());
                }
                if let [address] = address {
                    self.addresses.push((key.clone(), (*address).to_owned()));
                }
                self.keys.push(key.clone());
                self.name(name, Named::Witness(key))
            }
            ("group", [name, threshold, members @ ..]) if !members.is_empty() => {
                let group = self.group(threshold, members)?;
                self.name(name, Named::Group(group))
            }
            ("quorum", [name]) => {
                let quorum = if *name == "none" {
                    Quorum::nobody()
                } else {
                    let member = self.member(name)?;
                    self.count(std::slice::from_ref(&member))?;
                    member
                };
                if self.quorum.replace(quorum).is_some() {
                    return Err("a policy has exactly one `quorum` line".into());
                }
                Ok(())
            }
            _ => Err(
                "write `log KEY`, `witness NAME KEY`, `group NAME all|any|NUMBER MEMBER …` or `quorum NAME|none`"
                    .into(),
            ),
        }
    }

    fn name(&mut self, name: &str, means: Named) -> Result<(), String> {
        if name == "none" || self.names.insert(name.to_owned(), means).is_some() {
            return Err(format!("the name {name} stands for something else already"));
        }
        Ok(())
    }

    fn group(&mut self, threshold: &str, members: &[&str]) -> Result<Quorum, String> {
        if members.len() > MOST_MEMBERS {
            return Err("a group has at most 64 members".into());
        }
        let needed = match threshold {
            "all" => members.len(),
            "any" => 1,
            number => number
                .parse()
                .ok()
                .filter(|needed| (1..=members.len()).contains(needed))
                .ok_or("write `all`, `any`, or how many of the members, at least one")?,
        };
        let members: Vec<_> = members
            .iter()
            .map(|member| self.member(member))
            .collect::<Result<_, _>>()?;
        self.count(&members)?;
        Ok(Quorum::Of { needed, members })
    }

    /// What a name stands for, once: a witness that counted in two groups would count twice.
    fn member(&mut self, name: &str) -> Result<Quorum, String> {
        let found = match self.names.get(name) {
            Some(Named::Witness(key)) => Quorum::Witness(key.clone()),
            Some(Named::Group(group)) => group.clone(),
            None => return Err(format!("{name} was not named in a line before")),
        };
        if !self.members.insert(name.to_owned()) {
            return Err(format!("{name} is a member twice; each name once"));
        }
        Ok(found)
    }

    /// Sees to it that a witness with two keys counts once: its keys are the members of one group, and of no other.
    fn count(&mut self, members: &[Quorum]) -> Result<(), String> {
        let name = |member: &Quorum| match member {
            Quorum::Witness(key) => Some(key.name().to_owned()),
            Quorum::Of { .. } => None,
        };
        let names: Vec<_> = members.iter().filter_map(name).collect();
        let distinct: HashSet<_> = names.iter().cloned().collect();
        let twice = distinct.len() < names.len();
        let alone = distinct.len() == 1 && names.len() == members.len();
        if (twice && !alone) || !self.counted.is_disjoint(&distinct) {
            return Err(
                "a witness with two keys would count twice; put both into a group of their own"
                    .into(),
            );
        }
        self.counted.extend(distinct);
        Ok(())
    }
}
