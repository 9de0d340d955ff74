use jiff::civil::Date;
use lagrum_model::Effect;

use super::{Explanation, Language, Line, Phrases};
use crate::clock::ClockRule;
use crate::notice::NoticeRule;
use crate::{LawPacks, Rule};

impl LawPacks {
    /// A rule, a clock or a rule of notice in plain words, with its citation and how far it is
    /// verified. Absent if no pack has anything of that name.
    #[must_use]
    pub fn explain(&self, id: &str, language: Language) -> Option<Explanation> {
        let phrases = self.texts().phrases(language);
        let lines = if let Some(rule) = self.rules().find(|rule| rule.id == id) {
            of_rule(rule, &phrases)
        } else if let Some(clock) = self.clocks().rules().iter().find(|clock| clock.id == id) {
            of_clock(clock, &phrases)
        } else {
            let notice = self
                .notices()
                .rules()
                .iter()
                .find(|notice| notice.id == id)?;
            of_notice(notice, &phrases)
        };
        Some(Explanation {
            id: id.to_owned(),
            language,
            lines,
            translated: phrases.translates(id),
        })
    }
}

fn of_rule(rule: &Rule, phrases: &Phrases) -> Vec<Line> {
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
    if let Some(route) = rule.route {
        let word = format!("disposition-{}", route.disposition().as_str());
        lines.add("label-leads-to", phrases.word(&word));
    }
    if let Some(instead) = &rule.instead {
        let blank = phrases.word("channel-blank");
        let english = instead.replace(crate::rule::CHANNEL, &format!("[{blank}]"));
        let text = match phrases.instead_of(&rule.id, &format!("[{blank}]")) {
            Some(text) => text,
            None if phrases.language() == Language::English => english,
            None => format!("{english} {}", phrases.word("untranslated")),
        };
        lines.add("label-instead", text);
    }
    lines.source(
        &rule.id,
        [&rule.cite, &rule.verified],
        rule.from,
        rule.until,
    );
    lines.0
}

fn of_clock(clock: &ClockRule, phrases: &Phrases) -> Vec<Line> {
    let mut lines = Lines::new(phrases);
    lines.add(
        "label-kind",
        phrases.word(&format!("clock-{}", clock.kind.as_str())),
    );
    lines.add("label-says", phrases.says(&clock.id, &clock.says));
    let count = clock.amount.to_string();
    lines.add(
        "label-period",
        phrases.say(
            &format!("period-{}", clock.unit.as_str()),
            &[("count", &count)],
        ),
    );
    lines.add(
        "label-party",
        phrases.word(&format!("party-{}", clock.party.as_str())),
    );
    let list = |prefix: &str, words: Vec<&str>| {
        let words = words
            .into_iter()
            .map(|word| phrases.word(&format!("{prefix}-{word}")));
        words.collect::<Vec<_>>().join("; ")
    };
    lines.add(
        "label-started-by",
        list("moment", clock.starts.iter().map(|m| m.as_str()).collect()),
    );
    if !clock.stops.is_empty() {
        lines.add(
            "label-stopped-by",
            list("moment", clock.stops.iter().map(|m| m.as_str()).collect()),
        );
    }
    if !clock.pauses.is_empty() {
        lines.add(
            "label-paused-by",
            list(
                "moment",
                clock.pauses.iter().map(|p| p.from.as_str()).collect(),
            ),
        );
    }
    if !clock.open_ended_by.is_empty() {
        lines.add(
            "label-open-ended-by",
            list(
                "moment",
                clock.open_ended_by.iter().map(|m| m.as_str()).collect(),
            ),
        );
    }
    if let Some(by) = &clock.released_by {
        lines.add("label-released-by", by.clone());
    }
    if let Some(extend) = &clock.extend {
        let count = extend.by.to_string();
        let by = phrases.say(
            &format!("period-{}", clock.unit.as_str()),
            &[("count", &count)],
        );
        let text = match extend.times {
            Some(times) => phrases.say(
                "extension-times",
                &[("by", &by), ("times", &times.to_string())],
            ),
            None => phrases.say("extension-any", &[("by", &by)]),
        };
        lines.add("label-extension", text);
    }
    lines.add(
        "label-counting",
        list(
            "counting",
            clock.counting.iter().map(|c| c.as_str()).collect(),
        ),
    );
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
    lines.0
}

fn of_notice(notice: &NoticeRule, phrases: &Phrases) -> Vec<Line> {
    let mut lines = Lines::new(phrases);
    lines.add("label-kind", phrases.word("kind-notice"));
    lines.add("label-says", phrases.says(&notice.id, &notice.says));
    lines.add(
        "label-who-tells",
        phrases.word(&format!("teller-{}", notice.who.as_str())),
    );
    lines.source(
        &notice.id,
        [&notice.cite, &notice.verified],
        notice.from,
        notice.until,
    );
    lines.0
}

struct Lines<'a>(Vec<Line>, &'a Phrases);

impl<'a> Lines<'a> {
    fn new(phrases: &'a Phrases) -> Self {
        Self(Vec::new(), phrases)
    }

    fn add(&mut self, label: &str, text: String) {
        let label = self.1.word(label);
        self.0.push(Line { label, text });
    }

    fn source(
        &mut self,
        id: &str,
        [cite, verified]: [&str; 2],
        from: Option<Date>,
        until: Option<Date>,
    ) {
        let phrases = self.1;
        self.add("label-source", phrases.cite(id, cite));
        let force = match (from, until) {
            (None, None) => phrases.word("in-force-always"),
            (Some(from), None) => phrases.say("in-force-from", &[("from", &from.to_string())]),
            (None, Some(until)) => phrases.say("in-force-until", &[("until", &until.to_string())]),
            (Some(from), Some(until)) => phrases.say(
                "in-force-between",
                &[("from", &from.to_string()), ("until", &until.to_string())],
            ),
        };
        self.add("label-in-force", force);
        self.add("label-verified", phrases.verified(id, verified));
        self.add("label-advice", phrases.word("no-advice"));
    }
}
