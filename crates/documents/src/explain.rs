use std::fmt;

use jiff::civil::Date;
use lagrum_law::{ClockRule, LawPacks, NoticeRule, Rule};
use lagrum_model::{Effect, Language, Moment};
use serde::Serialize;

use crate::Phrases;
use crate::applies::applies;
use crate::fluent::Value;
use lagrum_blocks::{Document, Field};

/// A rule, a clock or a rule of notice in plain words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// Its name.
    pub id: String,
    /// The language that was asked for.
    pub language: Language,
    /// What it is and says, line by line: a label and a text.
    pub lines: Vec<Line>,
    /// Whether its own sentences are in that language. If not, they are in English.
    pub translated: bool,
}

/// One line of an explanation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What the line tells.
    pub label: String,
    /// What it says.
    pub text: String,
}

impl Explanation {
    /// As a document.
    #[must_use]
    pub fn document(&self) -> Document {
        let mut page = Document::new(self.language, &self.id);
        let fields = self.lines.iter();
        page.fields(
            fields
                .map(|line| Field::new(&line.label, line.text.as_str()))
                .collect(),
        );
        page
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.id)?;
        for line in &self.lines {
            writeln!(f, "{}: {}", line.label, line.text)?;
        }
        Ok(())
    }
}

/// A rule, a clock or a rule of notice in plain words, with its citation and how far it is verified.
/// Absent if no pack has anything of that name.
#[must_use]
pub fn explain(packs: &LawPacks, id: &str, phrases: &Phrases) -> Option<Explanation> {
    let clocks = packs.clocks().rules();
    let notices = packs.notices().rules();
    let lines = if let Some(rule) = packs.rules().find(|rule| rule.id == id) {
        of_rule(rule, packs, phrases)
    } else if let Some(clock) = clocks.iter().find(|clock| clock.id == id) {
        of_clock(clock, phrases)
    } else {
        of_notice(notices.iter().find(|notice| notice.id == id)?, phrases)
    };
    Some(Explanation {
        id: id.to_owned(),
        language: phrases.language(),
        lines,
        translated: phrases.translates(id),
    })
}

/// The provision that a rule, a clock or a rule of notice cites: what people know it by. Absent if no pack has anything
/// of that name.
#[must_use]
pub fn provision(packs: &LawPacks, id: &str, phrases: &Phrases) -> Option<String> {
    let rule = packs.rules().find(|rule| rule.id == id);
    let clock = || packs.clocks().rules().iter().find(|clock| clock.id == id);
    let notice = || packs.notices().rules().iter().find(|one| one.id == id);
    let cite = rule
        .map(|rule| rule.cite.as_str())
        .or_else(|| Some(clock()?.cite.as_str()))
        .or_else(|| Some(notice()?.cite.as_str()))?;
    Some(phrases.cite(id, cite))
}

fn of_rule(rule: &Rule, packs: &LawPacks, phrases: &Phrases) -> Vec<Line> {
    let mut lines = Lines::new(phrases);
    let effect = match rule.effect {
        Effect::Permit => "permit",
        Effect::Forbid => "forbid",
    };
    let act = match rule.acts[..] {
        [act] => act.as_str(),
        _ => "both",
    };
    lines.add(
        "label-effect",
        phrases.word(&format!("effect-{effect}-{act}")),
    );
    lines.add("label-says", phrases.says(&rule.id, &rule.says));
    lines.add("label-applies", applies(rule, packs, phrases));
    if let Some(route) = rule.route {
        let word = format!("disposition-{}", route.disposition().as_str());
        lines.add("label-leads-to", phrases.word(&word));
    }
    let blank = format!("[{}]", phrases.word("channel-blank"));
    if let Some(english) = rule.instead_through(&blank) {
        let text = phrases
            .instead_of(&rule.id, &blank)
            .unwrap_or_else(|| phrases.marked(&english));
        lines.add("label-instead", text);
    }
    lines.source(
        &rule.id,
        [&rule.cite, &rule.verified],
        rule.from,
        rule.until,
    );
    lines.all
}

fn of_clock(clock: &ClockRule, phrases: &Phrases) -> Vec<Line> {
    let mut lines = Lines::new(phrases);
    lines.add(
        "label-kind",
        phrases.word(&format!("clock-{}", clock.kind.as_str())),
    );
    lines.add("label-says", phrases.says(&clock.id, &clock.says));
    let period = format!("period-{}", clock.unit.as_str());
    lines.add(
        "label-period",
        phrases.count(&period, u64::from(clock.amount)),
    );
    lines.add(
        "label-party",
        phrases.word(&format!("party-{}", clock.party.as_str())),
    );
    lines.moments("label-started-by", clock.starts.iter().copied());
    lines.moments("label-stopped-by", clock.stops.iter().copied());
    lines.moments("label-paused-by", clock.suspended_by());
    lines.moments("label-open-ended-by", clock.open_ended_by.iter().copied());
    if let Some(by) = &clock.released_by {
        lines.add("label-released-by", by.clone());
    }
    if let Some(extend) = &clock.extend {
        let by = phrases.count(&period, u64::from(extend.by));
        let text = match extend.times {
            Some(times) => phrases.say(
                "extension-times",
                &[
                    ("by", by.as_str().into()),
                    ("times", Value::from(times as u64)),
                ],
            ),
            None => phrases.fill("extension-any", &[("by", &by)]),
        };
        lines.add("label-extension", text);
    }
    let counting = clock
        .counting
        .iter()
        .map(|one| phrases.word(&format!("counting-{}", one.as_str())));
    lines.add("label-counting", counting.collect::<Vec<_>>().join("; "));
    let acted = if clock.kind.latest_counts() {
        "acted-on-latest"
    } else {
        "acted-on-earliest"
    };
    lines.add("label-acted-on", phrases.word(acted));
    lines.source(
        &clock.id,
        [&clock.cite, &clock.verified],
        clock.from,
        clock.until,
    );
    lines.all
}

fn of_notice(notice: &NoticeRule, phrases: &Phrases) -> Vec<Line> {
    let mut lines = Lines::new(phrases);
    lines.add("label-kind", phrases.word("kind-notice"));
    lines.add("label-says", phrases.says(&notice.id, &notice.says));
    lines.add(
        "label-who-tells",
        phrases.word(&format!("teller-{}", notice.who.as_str())),
    );
    lines.add(
        "label-who-is-told",
        phrases.word(&format!("told-{}", notice.whom.as_str())),
    );
    lines.source(
        &notice.id,
        [&notice.cite, &notice.verified],
        notice.from,
        notice.until,
    );
    lines.all
}

struct Lines<'a> {
    all: Vec<Line>,
    phrases: &'a Phrases,
}

impl<'a> Lines<'a> {
    fn new(phrases: &'a Phrases) -> Self {
        Self {
            all: Vec::new(),
            phrases,
        }
    }

    fn add(&mut self, label: &str, text: String) {
        let label = self.phrases.word(label);
        self.all.push(Line { label, text });
    }

    fn moments(&mut self, label: &str, all: impl Iterator<Item = Moment>) {
        let words: Vec<_> = all
            .map(|moment| self.phrases.word(&format!("moment-{moment}")))
            .collect();
        if !words.is_empty() {
            self.add(label, words.join("; "));
        }
    }

    fn source(
        &mut self,
        id: &str,
        [cite, verified]: [&str; 2],
        from: Option<Date>,
        until: Option<Date>,
    ) {
        let phrases = self.phrases;
        self.add("label-source", phrases.cite(id, cite));
        let from = from.map(|day| phrases.day(day));
        // The first day on which it no longer holds is told by the last on which it did.
        let last = until.map(|day| phrases.day(day.yesterday().unwrap_or(day)));
        let force = match (from, last) {
            (None, None) => phrases.word("in-force-always"),
            (Some(from), None) => phrases.fill("in-force-from", &[("from", &from)]),
            (None, Some(last)) => phrases.fill("in-force-until", &[("last", &last)]),
            (Some(from), Some(last)) => {
                phrases.fill("span-days", &[("from", &from), ("last", &last)])
            }
        };
        self.add("label-in-force", force);
        self.add("label-verified", phrases.verified(id, verified));
        self.add("label-advice", phrases.word("no-advice"));
    }
}
