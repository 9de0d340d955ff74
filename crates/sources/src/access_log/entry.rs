//! What a line says, whatever it is written in.

use std::borrow::Cow;

use serde_json::value::{RawValue, to_raw_value};

use crate::dates::Interval;

/// The fields of a line that anybody asked for, each as it is written.
#[derive(Debug)]
pub(super) struct Fields<'l> {
    /// In the order of the names that were asked for.
    pub(super) values: Vec<Option<Cow<'l, RawValue>>>,
    /// Whether one of them occurs twice. Which of two equal fields counts would be for somebody else
    /// to say.
    pub(super) twice: bool,
    /// When, if the line says it as the configuration says that it does: one instant (UTC), or two between
    /// which it lies where a clock went back.
    pub(super) at: Option<Interval>,
}

/// The names of all fields that a line of text begins with: what it says behind them cannot stand in for them.
const RESERVED: [&str; 11] = [
    "time", "host", "program", "pid", "message", "event", "service", "session", "queue_id",
    "client", "msgid",
];

/// The fields of a line that is no JSON, by their names.
#[derive(Debug, Default)]
pub(super) struct Entry<'l>(Vec<(Cow<'l, str>, Cow<'l, str>)>);

impl<'l> Entry<'l> {
    /// Adds a field.
    pub(super) fn push(&mut self, name: impl Into<Cow<'l, str>>, text: impl Into<Cow<'l, str>>) {
        self.0.push((name.into(), text.into()));
    }

    /// Adds a field if there is one.
    pub(super) fn push_some(&mut self, name: &'l str, text: Option<impl Into<Cow<'l, str>>>) {
        if let Some(text) = text {
            self.push(name, text);
        }
    }

    /// Adds a field of the text behind the beginning of a line.
    pub(super) fn push_pair(&mut self, name: &'l str, text: &'l str) {
        if !RESERVED.contains(&name) {
            self.push(name, text);
        }
    }

    /// The text of a field.
    #[cfg(test)]
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(one, _)| one == name);
        found.map(|(_, text)| &**text)
    }

    /// What was asked for, each as JSON.
    pub(super) fn select<'o>(self, names: &[String], at: Option<Interval>) -> Option<Fields<'o>> {
        let (mut values, mut twice): (Vec<Option<Cow<'o, RawValue>>>, _) =
            (vec![None; names.len()], false);
        for (name, text) in self.0 {
            if let Some(place) = names.iter().position(|one| **one == *name) {
                twice |= values[place].is_some();
                values[place] = Some(Cow::Owned(to_raw_value(&text).ok()?));
            }
        }
        Some(Fields { values, twice, at })
    }
}
