//! The memo of an assessment that counsel can put in the file: plain text, a hundred columns.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use lagrum_law::{Clock, ClockState, LawPacks, Notice, Phrases, Remark};
use lagrum_model::{Assessment, Citation, Demand, Disposition, Effect, Moment, Moments, Part};

/// What a memo is written from.
pub struct Memo<'a> {
    /// The case, if it is one.
    pub case: Option<String>,
    /// The demand.
    pub demand: &'a Demand,
    /// The law applied to it.
    pub assessment: &'a Assessment,
    /// What happened to it.
    pub moments: &'a Moments,
    /// Its clocks.
    pub clocks: &'a [Clock],
    /// Who may tell the account holder.
    pub notice: &'a Notice,
    /// Whether the demand is verified to come from its authority.
    pub verified: bool,
    /// When the memo is written (UTC).
    pub written_at: Timestamp,
}

const WIDTH: usize = 100;

impl Memo<'_> {
    /// The memo in a language.
    pub fn text(&self, phrases: &Phrases, packs: &LawPacks) -> String {
        let mut page = Page {
            text: String::new(),
            phrases,
        };
        page.line(0, &phrases.word("memo-title"));
        page.blank();
        self.head(&mut page);
        page.heading("memo-summary");
        self.summary(&mut page, packs);
        page.heading("memo-findings");
        for (number, part) in self.assessment.parts.iter().enumerate() {
            self.part(&mut page, number + 1, part, packs);
        }
        page.heading("memo-clocks");
        self.clocks(&mut page, packs);
        page.heading("memo-notice");
        self.notice(&mut page);
        page.blank();
        page.line(0, &phrases.word("no-advice"));
        if page.text.contains(&phrases.word("untranslated")) {
            page.line(0, &phrases.word("memo-untranslated"));
        }
        page.text
    }

    fn head(&self, page: &mut Page<'_>) {
        let Self {
            demand, assessment, ..
        } = self;
        let phrases = page.phrases;
        page.field("memo-date", &instant(self.written_at));
        if let Some(case) = &self.case {
            page.field("memo-case", case);
        }
        page.field("memo-law-as-of", &assessment.as_of.to_string());
        page.field("memo-law-digest", &assessment.law.to_string());
        page.field("memo-reference", &demand.reference);
        let authority = &demand.authority;
        page.field(
            "memo-authority",
            &format!("{} ({})", authority.name, authority.country),
        );
        if !self.verified {
            page.line(2, &phrases.word("memo-not-verified"));
        }
        let instrument = &demand.instrument;
        let kind = phrases.word(&format!("instrument-{}", instrument.kind.as_str()));
        page.field(
            "memo-instrument",
            &phrases.say(
                "memo-instrument-text",
                &[
                    ("kind", &kind),
                    ("country", instrument.country.as_str()),
                    ("provision", &instrument.provision),
                    ("issued", &instrument.issued_on.to_string()),
                    ("by", &instrument.issued_by.name),
                ],
            ),
        );
        let addressee = &demand.addressee;
        page.field(
            "memo-addressee",
            &format!("{} ({})", addressee.entity, addressee.country),
        );
        if let Some(offence) = &demand.offence {
            page.field("memo-offence", &offence.description);
        }
        if let Some(emergency) = &demand.emergency {
            page.field("memo-emergency", &emergency.facts);
        }
        for part in &demand.parts {
            let asked = part.period.unwrap_or_default();
            let end =
                |at: Option<Timestamp>| at.map_or_else(|| "…".to_owned(), |at| at.to_string());
            let (from, until) = (end(asked.from()), end(asked.until()));
            let blanks = [("from", from.as_str()), ("until", until.as_str())];
            page.field("memo-period", &phrases.say("memo-period-text", &blanks));
        }
        if let Some(secrecy) = &demand.secrecy {
            let text = match secrecy.until {
                Some(until) => phrases.say(
                    "memo-secrecy-end",
                    &[
                        ("provision", &secrecy.provision),
                        ("until", &instant(until)),
                    ],
                ),
                None => phrases.say("memo-secrecy-no-end", &[("provision", &secrecy.provision)]),
            };
            page.field("memo-secrecy", &text);
        }
    }

    /// The answer for each part in a line, and what is due first.
    fn summary(&self, page: &mut Page<'_>, packs: &LawPacks) {
        let phrases = page.phrases;
        for (number, part) in self.assessment.parts.iter().enumerate() {
            let word = disposition(phrases, part);
            let what = what(phrases, part);
            page.line(0, &format!("{}. {word}: {what}", number + 1));
        }
        let first = lagrum_law::first_due(self.clocks);
        if let Some((at, clock)) = first.and_then(|clock| Some((clock.operative?, clock))) {
            page.field(
                "memo-next-due",
                &format!("{} ({})", local(at, clock, packs), clock.id),
            );
        }
    }

    fn part(&self, page: &mut Page<'_>, number: usize, part: &Part, packs: &LawPacks) {
        let phrases = page.phrases;
        let what = what(phrases, part);
        page.blank();
        page.line(0, &format!("{number}. {what}"));
        let finding = &part.finding;
        page.indented("memo-finding", &disposition(phrases, part));
        if let Some(note) = &part.note {
            page.indented("memo-note", note);
        }
        if finding.decided_by.is_empty() && finding.disposition != Disposition::Produce {
            page.line(3, &phrases.word("memo-nothing-permits"));
        }
        for rule in &finding.decided_by {
            let label = match rule.effect {
                Effect::Permit => "memo-because-permits",
                Effect::Forbid => "memo-because-forbids",
            };
            page.citation(label, rule);
        }
        for rule in &finding.overridden {
            page.citation("memo-overridden", rule);
        }
        let asking = self.demand.authority.country;
        let day = self.assessment.as_of;
        let channel = part
            .holding
            .as_ref()
            .map(|holding| packs.channel(asking, holding.stored_in, day));
        if let Some(instead) = phrases.instead(finding, channel) {
            page.indented("memo-instead", &instead);
        }
    }

    fn clocks(&self, page: &mut Page<'_>, packs: &LawPacks) {
        let phrases = page.phrases;
        if self.moments.first(Moment::Received).is_none() {
            page.line(0, &phrases.word("memo-no-receipt"));
        }
        if self.clocks.is_empty() {
            page.line(0, &phrases.word("memo-no-clocks"));
        }
        for clock in self.clocks {
            page.blank();
            let end = match clock.operative {
                Some(at) => {
                    phrases.say("memo-clock-operative", &[("at", &local(at, clock, packs))])
                }
                None => phrases.word("memo-clock-no-end"),
            };
            let state = clock_state(&clock.state, phrases);
            page.line(0, &format!("{}: {end} ({state})", clock.id));
            page.line(3, &phrases.says(&clock.id, &clock.says));
            let kind = phrases.word(&format!("clock-{}", clock.kind.as_str()));
            let party = phrases.word(&format!("party-{}", clock.party.as_str()));
            page.line(3, &format!("{party}; {kind}."));
            let by = phrases.word(&format!("moment-{}", clock.started_by));
            page.line(
                3,
                &phrases.say(
                    "memo-clock-started",
                    &[("by", &by), ("at", &instant(clock.started_at))],
                ),
            );
            if let Some(pause) = &clock.paused {
                let by = phrases.word(&format!("moment-{}", pause.by));
                let since = instant(pause.since);
                let until = pause.until.map(instant).unwrap_or_default();
                let name = if pause.until.is_some() {
                    "memo-clock-suspended-until"
                } else {
                    "memo-clock-suspended"
                };
                let blanks = [("by", by.as_str()), ("since", &since), ("until", &until)];
                page.line(3, &phrases.say(name, &blanks));
            }
            if clock.extensions > 0 {
                let times = clock.extensions.to_string();
                page.line(3, &phrases.say("memo-clock-extended", &[("times", &times)]));
            }
            for reading in &clock.due {
                let rule = phrases.word(&format!("counting-{}", reading.rule.as_str()));
                let place = reading
                    .place
                    .map(|place| format!(", {place}"))
                    .unwrap_or_default();
                let at = match &reading.zone {
                    Some(zone) => in_zone(reading.at, zone, packs),
                    None => instant(reading.at),
                };
                page.line(3, &format!("- {at}: {rule}{place}"));
            }
            for told in &clock.remarks {
                page.line(3, &remark(told, phrases));
            }
            page.source(&clock.id, &clock.cite, &clock.verified);
        }
    }

    fn notice(&self, page: &mut Page<'_>) {
        let phrases = page.phrases;
        let notice = self.notice;
        let until = match notice.may_tell {
            lagrum_law::MayTell::No { until: Some(until) } => instant(until),
            _ => String::new(),
        };
        let may = format!("may-{}", notice.may_tell.as_str());
        page.line(0, &phrases.say(&may, &[("until", &until)]));
        let who = phrases.word(&format!("teller-{}", notice.who.as_str()));
        page.field("memo-who-tells", &who);
        let step = phrases.word(&format!("next-{}", notice.next_step.as_str()));
        page.field("memo-next-step", &step);
        if let Some(id) = &notice.id {
            page.line(0, &phrases.says(id, &notice.says));
            page.source(id, &notice.cite, &notice.verified);
        }
    }
}

fn clock_state(state: &ClockState, phrases: &Phrases) -> String {
    let name = format!("state-{}", state.as_str());
    match state {
        ClockState::Done { by, at } => {
            let by = phrases.word(&format!("moment-{by}"));
            phrases.say(&name, &[("by", &by), ("at", &instant(*at))])
        }
        ClockState::OpenEnded { by } => {
            phrases.say(&name, &[("by", &phrases.word(&format!("moment-{by}")))])
        }
        ClockState::Released { by } => phrases.say(&name, &[("by", by)]),
        ClockState::Running | ClockState::Paused | ClockState::Passed => phrases.word(&name),
    }
}

fn remark(remark: &Remark, phrases: &Phrases) -> String {
    match remark {
        Remark::ExtensionTooLate { at } => {
            phrases.say("remark-extension-too-late", &[("at", &instant(*at))])
        }
        Remark::ExtensionTooMany { at } => {
            phrases.say("remark-extension-too-many", &[("at", &instant(*at))])
        }
        Remark::TooLate { what, at } => {
            let what = phrases.word(&format!("moment-{what}"));
            phrases.say("remark-too-late", &[("what", &what), ("at", &instant(*at))])
        }
        Remark::NoCalendar { country } => {
            phrases.say("remark-no-calendar", &[("country", country.as_str())])
        }
        Remark::NoHolidays { country } => {
            phrases.say("remark-no-holidays", &[("country", country.as_str())])
        }
        Remark::DayOnly => phrases.word("remark-day-only"),
    }
}

/// An instant in UTC.
fn instant(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}

/// What a part asks for: which data about whom, and where it lies.
fn what(phrases: &Phrases, part: &Part) -> String {
    let category = phrases.word(&format!("category-{}", part.category.as_str()));
    let identifier = part.identifier.to_string();
    match &part.holding {
        Some(holding) => phrases.say(
            "memo-part-in",
            &[
                ("category", &category),
                ("identifier", &identifier),
                ("region", holding.region.as_str()),
                ("country", holding.stored_in.as_str()),
            ],
        ),
        None => phrases.say(
            "memo-part",
            &[("category", &category), ("identifier", &identifier)],
        ),
    }
}

fn disposition(phrases: &Phrases, part: &Part) -> String {
    let word = format!("disposition-{}", part.finding.disposition.as_str());
    phrases.word(&word).to_uppercase()
}

/// The instant to act on, on the wall of the place whose reading it is, and in UTC. A reading that
/// counts hours has no place; its wall is that of the country, if the country has but one zone.
fn local(at: Timestamp, clock: &Clock, packs: &LawPacks) -> String {
    let of_reading = clock
        .due
        .iter()
        .find(|reading| reading.at == at)
        .and_then(|reading| reading.zone.as_deref());
    let only = || {
        let country = clock.due.iter().find_map(|reading| reading.place)?;
        let mut zones = packs.clocks().calendar(country)?.zones();
        let (name, _) = zones.next()?;
        zones.next().is_none().then_some(name)
    };
    match of_reading.or_else(only) {
        Some(zone) => format!("{} = {}", in_zone(at, zone, packs), instant(at)),
        None => instant(at),
    }
}

fn in_zone(at: Timestamp, name: &str, packs: &LawPacks) -> String {
    let zone: Option<TimeZone> = packs
        .clocks()
        .calendars()
        .flat_map(|calendar| calendar.zones())
        .find(|(known, _)| *known == name)
        .map(|(_, zone)| zone.clone());
    match zone {
        Some(zone) => {
            let there = at.to_zoned(zone);
            format!("{} {name}", there.strftime("%Y-%m-%d %H:%M:%S"))
        }
        None => instant(at),
    }
}

struct Page<'a> {
    text: String,
    phrases: &'a Phrases,
}

impl Page<'_> {
    fn blank(&mut self) {
        self.text.push('\n');
    }

    /// A paragraph, wrapped. What an authority wrote cannot rewrite the terminal.
    fn line(&mut self, indent: usize, text: &str) {
        let first = " ".repeat(indent);
        let next = " ".repeat(indent + 2);
        let options = textwrap::Options::new(WIDTH)
            .initial_indent(&first)
            .subsequent_indent(&next);
        let text = crate::output::harmless(&text.replace('\n', " "));
        self.text.push_str(&textwrap::fill(&text, options));
        self.text.push('\n');
    }

    fn heading(&mut self, name: &str) {
        self.blank();
        let text = self.phrases.word(name);
        self.line(0, &text);
    }

    fn field(&mut self, label: &str, text: &str) {
        let label = self.phrases.word(label);
        self.line(0, &format!("{label}: {text}"));
    }

    fn indented(&mut self, label: &str, text: &str) {
        let label = self.phrases.word(label);
        self.line(3, &format!("{label}: {text}"));
    }

    fn citation(&mut self, label: &str, rule: &Citation) {
        let text = self.phrases.citation(rule);
        self.indented(label, &text);
        let verified = self.phrases.verified(&rule.rule, &rule.verified);
        let label = self.phrases.word("label-verified");
        self.line(5, &format!("{label}: {verified}"));
    }

    fn source(&mut self, id: &str, cite: &str, verified: &str) {
        let cite = format!("{}; {id}", self.phrases.cite(id, cite));
        self.indented("label-source", &cite);
        let verified = self.phrases.verified(id, verified);
        self.indented("label-verified", &verified);
    }
}
