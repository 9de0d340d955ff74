//! What a rule asks for, read out of the rule itself, so that it can be said in words.
//!
//! Nothing is judged here: Cedar judges. What is read is only told to people, and whatever cannot
//! be read is told as such, never left out.

use cedar_policy::Policy;
use jiff::civil::Date;
use serde_json::Value;

/// What has to hold for a rule to apply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conditions {
    /// All of these hold.
    pub when: Vec<Condition>,
    /// And none of these.
    pub unless: Vec<Condition>,
}

/// A condition of a rule. A `not` of several is turned into what it means for each of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// All of them hold.
    All(Vec<Condition>),
    /// At least one of them holds.
    Any(Vec<Condition>),
    /// One fact.
    Fact(Stated),
    /// A form of condition that this reader does not know.
    Unread,
}

/// What is asked of one fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// The fact, as the rule names it: `context.instrument.kind`.
    pub fact: String,
    /// What it is compared with.
    pub is: Is,
    /// Whether that has to be so, or has not to be so.
    pub holds: bool,
}

/// With what a fact is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Is {
    /// The fact is known at all.
    Known,
    /// It is so.
    True,
    /// It is, or contains, one of these.
    OneOf(Vec<Word>),
    /// It is the same as that other fact.
    Same(String),
    /// It is at least this number.
    AtLeast(i64),
    /// It lies before this day.
    Before(Date),
    /// It is not later than that other fact.
    NotAfter(String),
}

/// A word that a fact is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Of what kind it is: `Category`, `Country`, `Group`.
    pub kind: String,
    /// Which it is: `content`, `SE`.
    pub name: String,
}

/// The longest conditions that are read, in bytes: the longest of the packs have some 1,500.
const LONGEST: usize = 4 << 10;

impl Conditions {
    /// What a policy asks for besides the act; `text` is the policy as it is written.
    pub(crate) fn of(policy: &Policy, text: &str) -> Self {
        let mut all = Self {
            when: Vec::new(),
            unless: Vec::new(),
        };
        // How deep conditions stand in each other, their length bounds: each level takes of the stack.
        let length = text
            .find("(principal")
            .map_or(text.len(), |at| text.len() - at);
        let whole = (length <= LONGEST).then(|| policy.to_json().ok()).flatten();
        let Some(whole) = whole else {
            all.when.push(Condition::Unread);
            return all;
        };
        for scope in ["principal", "resource"] {
            if whole[scope]["op"] != "All" {
                all.when.push(Condition::Unread);
            }
        }
        let mut when = Vec::new();
        for condition in whole["conditions"].as_array().into_iter().flatten() {
            let read = read(&condition["body"], true);
            match (condition["kind"].as_str(), read) {
                (Some("when"), read) => when.push(read),
                (Some("unless"), Condition::Any(each)) => all.unless.extend(each),
                (Some("unless"), read) => all.unless.push(read),
                _ => all.when.push(Condition::Unread),
            }
        }
        match joined(when, true) {
            Condition::All(each) => all.when.extend(each),
            one => all.when.push(one),
        }
        all
    }
}

fn read(body: &Value, holds: bool) -> Condition {
    if let Some(not) = body.get("!") {
        return read(&not["arg"], !holds);
    }
    for (op, and) in [("&&", true), ("||", false)] {
        if let Some(both) = body.get(op) {
            let both = vec![read(&both["left"], holds), read(&both["right"], holds)];
            return joined(both, and == holds);
        }
    }
    fact(body).map_or(Condition::Unread, |(fact, is, positive)| {
        Condition::Fact(Stated {
            fact,
            is,
            holds: positive == holds,
        })
    })
}

/// Several conditions as one, those of the same kind side by side.
fn joined(each: Vec<Condition>, and: bool) -> Condition {
    let mut flat = Vec::new();
    for one in each {
        match (one, and) {
            (Condition::All(inner), true) | (Condition::Any(inner), false) => flat.extend(inner),
            (other, _) => flat.push(other),
        }
    }
    if and {
        // What is said of a fact says that it is known.
        let said = flat.clone();
        flat.retain(|one| !said.iter().any(|other| tells(other, one)));
    } else {
        // That it is not known is said last: `it is this, or it is not stated`.
        flat.sort_by_key(|one| matches!(one, Condition::Fact(of) if of.is == Is::Known));
    }
    match flat.len() {
        1 => flat.remove(0),
        _ if and => Condition::All(flat),
        _ => Condition::Any(flat),
    }
}

/// Whether `other`, as it is said in words, says already that a fact is known.
fn tells(other: &Condition, known: &Condition) -> bool {
    let Condition::Fact(known) = known else {
        return false;
    };
    if known.is != Is::Known || !known.holds {
        return false;
    }
    match other {
        Condition::All(each) | Condition::Any(each) => each
            .iter()
            .all(|one| tells(one, &Condition::Fact(known.clone()))),
        Condition::Fact(other) => {
            let of_it = other.fact.strip_prefix(&known.fact);
            other.is != Is::Known
                && (other.holds || other.is == Is::True)
                && of_it.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        }
        Condition::Unread => false,
    }
}

/// A fact, what it is compared with, and whether that has to be so.
fn fact(body: &Value) -> Option<(String, Is, bool)> {
    if let Some(path) = path(body) {
        return Some((path, Is::True, true));
    }
    let (op, sides) = body.as_object()?.iter().next()?;
    let left = &sides["left"];
    let right = &sides["right"];
    if op == "has" {
        let attr = sides["attr"].as_str()?;
        return Some((format!("{}.{attr}", path(left)?), Is::Known, true));
    }
    let left = path(left)?;
    if let Some(other) = path(right) {
        return match op.as_str() {
            "==" => Some((left, Is::Same(other), true)),
            "!=" => Some((left, Is::Same(other), false)),
            "<=" => Some((left, Is::NotAfter(other), true)),
            ">" => Some((left, Is::NotAfter(other), false)),
            _ => None,
        };
    }
    if let Some(day) = day(right) {
        return match op.as_str() {
            "<" => Some((left, Is::Before(day), true)),
            ">=" => Some((left, Is::Before(day), false)),
            _ => None,
        };
    }
    if let Some(number) = right["Value"].as_i64() {
        return match op.as_str() {
            ">=" => Some((left, Is::AtLeast(number), true)),
            "<" => Some((left, Is::AtLeast(number), false)),
            ">" => Some((left, Is::AtLeast(number.checked_add(1)?), true)),
            "<=" => Some((left, Is::AtLeast(number.checked_add(1)?), false)),
            _ => None,
        };
    }
    let words = match right["Set"].as_array() {
        Some(each) => each.iter().map(word).collect::<Option<Vec<_>>>()?,
        None => vec![word(right)?],
    };
    match op.as_str() {
        "==" | "in" | "contains" => Some((left, Is::OneOf(words), true)),
        "!=" => Some((left, Is::OneOf(words), false)),
        _ => None,
    }
}

fn path(body: &Value) -> Option<String> {
    if let Some(name) = body["Var"].as_str() {
        return Some(name.to_owned());
    }
    let of = body.get(".")?;
    Some(format!("{}.{}", path(&of["left"])?, of["attr"].as_str()?))
}

fn day(body: &Value) -> Option<Date> {
    let text = body["datetime"][0]["Value"].as_str()?;
    text.parse().ok().filter(|_| text.len() == 10)
}

fn word(body: &Value) -> Option<Word> {
    let entity = &body["Value"]["__entity"];
    Some(Word {
        kind: entity["type"].as_str()?.to_owned(),
        name: entity["id"].as_str()?.to_owned(),
    })
}

#[cfg(test)]
mod tests;
