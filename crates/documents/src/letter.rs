//! The letters that the provider writes in a case, made of facts: proposals that a person edits.
//!
//! A letter says only what the case records: that data is kept, that nothing was found, that something
//! was handed over only where that happened. What only a person can know is left open, in double square
//! brackets, and no letter in which one stands is sent.

mod annex_iii;
mod certificate;
mod notice;
mod packages;
mod ruling;

use jiff::Timestamp;
use lagrum_law::{LawPacks, PackKind, WaitsFor};
use lagrum_model::{
    Act, Answer, Case, CaseId, Demand, Disposition, Effect, EmailAddress, LetterCode, LetterKind,
    NoLetter, Part,
};

use crate::assessment::own_reason;
use crate::date::Zone;
use crate::{Phrases, Provider, demand};
use lagrum_blocks::{Block, Document, Field, Ink, Text};

/// What a desk writes as the reason where nobody gives one.
const AS_PROPOSED: &str = "as the law packs propose";

/// What a letter is made from.
#[derive(Clone, Copy)]
pub struct LetterFacts<'a> {
    /// The provider.
    pub provider: &'a Provider,
    /// The number of the case.
    pub id: &'a CaseId,
    /// The case.
    pub case: &'a Case,
    /// The day of the letter (UTC).
    pub written_at: Timestamp,
    /// In which zone instants are told.
    pub zone: &'a Zone,
    /// Of which account, where it is a notice to its holder.
    pub account: Option<&'a EmailAddress>,
    /// The four words of a notice.
    pub code: Option<LetterCode>,
    /// Where the reader of a notice can check it.
    pub check: Option<&'a str>,
}

/// A letter of a kind, as it is proposed; none while the demand is not described. Whether the case can
/// have it, the case and the law say.
#[must_use]
pub fn letter(
    kind: LetterKind,
    facts: &LetterFacts<'_>,
    packs: &LawPacks,
    phrases: &Phrases,
) -> Option<Document> {
    let demand = facts.case.demand.as_ref()?;
    let writing = Writing {
        facts,
        demand,
        packs,
        phrases,
    };
    Some(match kind {
        LetterKind::Notice => notice::write(&writing)?,
        LetterKind::AnnexIii => annex_iii::write(&writing),
        _ => writing.to_authority(kind),
    })
}

/// The name of a kind of letter.
#[must_use]
pub fn letter_kind(kind: LetterKind, phrases: &Phrases) -> String {
    phrases.word(&format!("letter-kind-{kind}"))
}

/// Why a case cannot have a letter now.
#[must_use]
pub fn no_letter(why: &NoLetter, zone: &Zone, phrases: &Phrases) -> String {
    let whom = phrases.word("told-account-holder");
    match why {
        NoLetter::MustNotTell => phrases.fill("no-letter-must-not-tell", &[("whom", &whom)]),
        NoLetter::MayNotTellYet { waits_for, until } => {
            let until = until.map(|until| phrases.instant_both(until, zone));
            let until = until.as_deref().unwrap_or_default();
            let blanks = [("whom", whom.as_str()), ("until", until)];
            let mut text = phrases.fill(&format!("may-not-yet-{waits_for}"), &blanks);
            if waits_for != WaitsFor::Order.as_str() && !until.is_empty() {
                text.push(' ');
                text.push_str(&phrases.fill("may-nor-before", &[("until", until)]));
            }
            text
        }
        other => phrases.word(&format!("no-letter-{}", other.code())),
    }
}

pub(crate) struct Writing<'a> {
    facts: &'a LetterFacts<'a>,
    demand: &'a Demand,
    packs: &'a LawPacks,
    phrases: &'a Phrases,
}

impl Writing<'_> {
    fn say(&self, name: &str) -> String {
        self.phrases.word(name)
    }

    fn field(&self, label: &str, value: impl Into<Text>) -> Field {
        Field::new(self.say(label), value)
    }

    /// What a person has to fill in, in words.
    fn blank(&self, what: &str) -> String {
        let what = self.say(what);
        self.phrases.fill("letter-fill-in", &[("what", &what)])
    }

    /// From whom.
    fn sender(&self) -> Field {
        let provider = self.facts.provider;
        let lines = std::iter::once(provider.name.as_str());
        let lines = lines.chain(provider.contact.iter().map(String::as_str));
        Field::lines(self.say("letter-from"), lines.map(Text::from).collect())
    }

    /// A part under its number, as the demand names it. Where data lies is nothing for a letter.
    fn named(&self, place: usize, part: &Part) -> String {
        let category = demand::kind(part.category, &part.sub_categories, self.phrases);
        let name = demand::identifier(&part.identifier, self.phrases);
        let blanks = [("category", category.as_str()), ("identifier", &name)];
        let what = self.phrases.fill("part-of", &blanks);
        format!("{}. {}", place + 1, self.phrases.sentence(&what))
    }

    fn day(&self) -> Field {
        let at = self.facts.written_at;
        let day = at
            .to_zoned_datetime(self.facts.zone.time_zone().clone())
            .date();
        self.field("letter-date", self.phrases.day(day))
    }

    /// Who writes to whom about what.
    fn head(&self) -> Vec<Field> {
        let (demand, phrases) = (self.demand, self.phrases);
        let authority = &demand.authority;
        let kind = format!("instrument-{}", demand.instrument.kind.as_str());
        let kind = phrases.sentence(&self.say(&kind));
        let day = phrases.day(demand.instrument.issued_on);
        let issued = phrases.fill("letter-issued", &[("what", &kind), ("day", &day)]);
        vec![
            self.sender(),
            Field::lines(
                self.say("letter-to"),
                vec![
                    authority.name.as_str().into(),
                    authority.officer.name.as_str().into(),
                ],
            ),
            self.day(),
            self.field("letter-case", self.facts.id.to_string()),
            self.field("letter-reference", demand.reference.as_str()),
            self.field("letter-instrument", issued),
        ]
    }

    fn to_authority(&self, kind: LetterKind) -> Document {
        let phrases = self.phrases;
        let title = match kind {
            LetterKind::Narrowing if self.narrows_to_nothing() => LetterKind::Refusal,
            kind => kind,
        };
        let title = self.say(&format!("letter-{title}-title"));
        let mut page = Document::new(phrases.language(), title);
        page.fields(self.head());
        match kind {
            LetterKind::Acknowledgement => self.acknowledgement(&mut page),
            LetterKind::SecrecyEnd => self.secrecy_end(&mut page),
            LetterKind::Production => self.production(&mut page),
            LetterKind::CourtOutcome => self.court_outcome(&mut page),
            LetterKind::CertificateOfAuthenticity => self.certificate(&mut page),
            LetterKind::Refusal if !self.facts.case.is_verified() => {
                page.paragraph(self.say("letter-refusal-stranger"));
                page.paragraph(self.say("letter-refusal-stranger-way"));
            }
            _ => self.parts(kind, &mut page),
        }
        // A person speaks in a certificate, and signs it.
        if kind == LetterKind::CertificateOfAuthenticity {
            return page;
        }
        page.paragraph(self.say("letter-contact"));
        page.paragraph(phrases.fill("letter-closing", &[("provider", &self.facts.provider.name)]));
        page
    }

    fn acknowledgement(&self, page: &mut Document) {
        if let Some(at) = self.facts.case.received_at {
            let at = self.phrases.instant_both(at, self.facts.zone);
            page.paragraph(
                self.phrases
                    .fill("letter-acknowledgement-received", &[("at", &at)]),
            );
        }
        if !self.facts.case.is_verified() {
            page.paragraph(self.say("letter-acknowledgement-verify"));
        }
    }

    fn secrecy_end(&self, page: &mut Document) {
        let Some(secrecy) = &self.demand.secrecy else {
            return;
        };
        let provision = ("provision", secrecy.provision.as_str());
        page.paragraph(match (&secrecy.issued_by, secrecy.ordered_on) {
            (Some(issuer), Some(day)) => {
                let day = self.phrases.day(day);
                let blanks = [
                    provision,
                    ("issuer", issuer.name.as_str()),
                    ("day", day.as_str()),
                ];
                self.phrases.fill("letter-secrecy-end-lead-order", &blanks)
            }
            _ => self.phrases.fill("letter-secrecy-end-lead", &[provision]),
        });
        page.paragraph(match secrecy.until {
            None => self.say("letter-secrecy-end-none"),
            Some(until) => {
                let until = self.phrases.instant_both(until, self.facts.zone);
                self.phrases
                    .fill("letter-secrecy-end-until", &[("until", &until)])
            }
        });
        page.paragraph(self.say(match secrecy.until {
            None => "letter-secrecy-end-ask",
            Some(_) => "letter-secrecy-end-ask-until",
        }));
    }

    /// The parts that a letter tells of, each with its reason, and where the rest stands.
    fn parts(&self, kind: LetterKind, page: &mut Document) {
        let case = self.facts.case;
        let lead = match kind {
            LetterKind::Redirect if self.asks_to_preserve() => "redirect-lead-preserve".to_owned(),
            LetterKind::Narrowing if self.narrows_to_nothing() => "refusal-lead".to_owned(),
            _ => format!("{kind}-lead"),
        };
        page.paragraph(self.say(&format!("letter-{lead}")));
        // A stranger is told nothing of what was found.
        let known = case.is_verified();
        let told: Vec<_> = case.told_by(kind).filter(|_| known).collect();
        if told.is_empty() && kind == LetterKind::Question {
            page.paragraph(self.blank("letter-question-blank"));
            return;
        }
        // A reason that several parts share is given once.
        let mut groups: Vec<(Vec<String>, String, Vec<Block>)> = Vec::new();
        for (part, answer) in &told {
            let name = self.named(answer.part, part);
            let (said, reasons) = self.item(kind, part, answer);
            let same =
                |one: &&mut (Vec<String>, String, Vec<Block>)| one.1 == said && one.2 == reasons;
            match groups.iter_mut().find(same) {
                Some((names, _, _)) => names.push(name),
                None => groups.push((vec![name], said, reasons)),
            }
        }
        let items = groups.into_iter().map(|(names, said, reasons)| {
            let what = names.join("; ");
            let blanks = [("what", what.as_str()), ("answer", &said)];
            let first = Block::paragraph(self.phrases.fill("letter-part", &blanks));
            std::iter::once(first).chain(reasons).collect()
        });
        page.bullets(items.collect());
        let told: Vec<_> = told.iter().map(|(_, answer)| answer.part).collect();
        self.rest(page, &told);
    }

    /// What a letter says of a part, and why.
    fn item(&self, kind: LetterKind, part: &Part, answer: &Answer) -> (String, Vec<Block>) {
        let phrases = self.phrases;
        let said = match (kind, answer.disposition) {
            (LetterKind::Narrowing, Disposition::Narrow) => self.say("letter-narrowing-none"),
            (LetterKind::Question, Disposition::NotLookedUp) => {
                self.say("letter-question-not-looked-up")
            }
            (LetterKind::Redirect, Disposition::RedirectToTreatyChannel)
                if self.says_how_to_preserve(part, answer) =>
            {
                self.say("letter-redirect-preserve")
            }
            (LetterKind::Redirect, Disposition::RedirectToTreatyChannel)
                if self.asks_to_preserve() =>
            {
                let channel = self.channel(part);
                phrases.fill("letter-redirect-preserve-way", &[("channel", &channel)])
            }
            (LetterKind::Redirect, Disposition::RedirectToTreatyChannel) => {
                let channel = self.channel(part);
                phrases.fill("letter-redirect-treaty", &[("channel", &channel)])
            }
            (LetterKind::Redirect, _) => self.say("letter-redirect-customer"),
            _ => self.say(&format!("letter-{kind}-part")),
        };
        let reasons = match kind {
            LetterKind::NoData => Vec::new(),
            _ => self.reasons(kind, part, answer),
        };
        (said, reasons)
    }

    /// Whether a letter that narrows has only parts to tell of from which nothing is handed over.
    fn narrows_to_nothing(&self) -> bool {
        let mut told = self.facts.case.told_by(LetterKind::Narrowing);
        told.all(|(_, answer)| answer.disposition == Disposition::Narrow)
    }

    /// Whether the demand is one to preserve: who asks for that is told that nothing is preserved.
    fn asks_to_preserve(&self) -> bool {
        self.demand.instrument.kind.act() == Act::Preserve
    }

    /// Whether the law itself says how the authority has such data preserved.
    fn says_how_to_preserve(&self, part: &Part, answer: &Answer) -> bool {
        self.asks_to_preserve()
            && answer.disposition == Disposition::RedirectToTreatyChannel
            && answer.disposition == part.finding.proposed()
            && part.finding.instead.is_some()
    }

    /// The way between the two countries, in this language.
    fn channel(&self, part: &Part) -> String {
        let asking = self.demand.authority.country;
        let day = self.facts.case.assessment.as_ref().map(|found| found.as_of);
        let way = day.map(|day| self.packs.channel(asking, part.finding.via, day));
        let words = way.and_then(|way| way.in_language(self.phrases.language()));
        words.map_or_else(|| self.say("channel-blank"), str::to_owned)
    }

    /// Why. What the law says is the reason only where the answer is the law's; where a person
    /// answered more strictly, that person's reason is.
    fn reasons(&self, kind: LetterKind, part: &Part, answer: &Answer) -> Vec<Block> {
        let (finding, phrases) = (&part.finding, self.phrases);
        let mut lines = Vec::new();
        let stricter = answer.disposition == Disposition::Narrow && finding.is_in_part();
        if kind == LetterKind::Narrowing && finding.within.is_some() && !stricter {
            return self.limits(part);
        }
        if answer.disposition != finding.proposed() {
            let given = own_reason(part, &answer.reason).filter(|given| *given != AS_PROPOSED);
            let why = match given {
                Some(reason) => reason.to_owned(),
                None => self.blank("letter-reason-blank"),
            };
            lines.push(phrases.fill("letter-why", &[("why", &why)]));
            return lines.into_iter().map(Block::paragraph).collect();
        }
        if kind == LetterKind::Redirect && answer.disposition == Disposition::RedirectToCustomer {
            lines.push(self.blank("letter-redirect-customer-blank"));
        }
        if finding.decided_by.is_empty() {
            let why = self.say("nothing-permits");
            lines.push(phrases.fill("letter-why", &[("why", &why)]));
        }
        let stops = |effect| effect == Effect::Forbid || kind == LetterKind::Narrowing;
        let deciding = finding.decided_by.iter().filter(|rule| stops(rule.effect));
        for rule in deciding {
            let why = self.provision("letter-provision", rule);
            lines.push(phrases.fill("letter-why", &[("why", &why)]));
        }
        if kind == LetterKind::Challenge {
            let other = finding.overridden.iter();
            lines.extend(other.map(|rule| self.provision("letter-challenge-conflict", rule)));
        }
        let day = self.facts.case.assessment.as_ref().map(|found| found.as_of);
        let asking = self.demand.authority.country;
        let way = day.map(|day| self.packs.channel(asking, finding.via, day));
        if let Some(instead) = phrases.instead(finding, way)
            && (kind != LetterKind::Redirect || self.says_how_to_preserve(part, answer))
        {
            lines.push(phrases.fill("letter-instead", &[("instead", &instead)]));
        }
        lines.into_iter().map(Block::paragraph).collect()
    }

    /// Whether a rule is of a pack with the provider's own promises.
    fn is_own_promise(&self, rule: &lagrum_model::Citation) -> bool {
        let pack = rule.rule.split('.').next();
        let mut packs = self.packs.packs().iter();
        packs.any(|one| one.kind == PackKind::Policy && Some(one.name.as_str()) == pack)
    }

    fn provision(&self, name: &str, rule: &lagrum_model::Citation) -> String {
        let says = self.phrases.says(&rule.rule, &rule.says);
        let cite = self.phrases.cite(&rule.rule, &rule.cite);
        self.phrases.fill(name, &[("says", &says), ("cite", &cite)])
    }

    /// How far a part reaches, and by which rules.
    fn limits(&self, part: &Part) -> Vec<Block> {
        let Some(within) = &part.finding.within else {
            return Vec::new();
        };
        let mut lines = Vec::new();
        if within.period.is_some() {
            lines.push(self.say("letter-narrowing-receipt"));
        }
        if !within.sub_categories.is_empty() {
            let boxes = demand::boxes(&within.sub_categories, self.phrases);
            lines.push(
                self.phrases
                    .fill("letter-narrowing-only", &[("what", &boxes)]),
            );
        }
        for rule in &within.by {
            let why = self.provision("letter-provision", rule);
            lines.push(self.phrases.fill("letter-why", &[("why", &why)]));
        }
        lines.into_iter().map(Block::paragraph).collect()
    }

    /// Where the other parts of the demand stand, so that nobody takes a part of an answer for the
    /// whole. Nothing is said of them to a stranger.
    fn rest(&self, page: &mut Document, told: &[usize]) {
        let case = self.facts.case;
        let parts = case.assessment.iter().flat_map(|found| &found.parts);
        let others = parts.enumerate().filter(|(place, _)| !told.contains(place));
        let items: Vec<_> = others
            .filter(|_| case.is_verified() && !case.answers.is_empty())
            .map(|(place, part)| {
                let what = self.named(place, part);
                let said = self.stands(place);
                let blanks = [("what", what.as_str()), ("answer", &said)];
                vec![Block::paragraph(self.phrases.fill("letter-part", &blanks))]
            })
            .collect();
        if !items.is_empty() {
            page.section(self.say("letter-rest"));
            page.bullets(items);
        }
    }

    /// Where a part stands, for a letter that is about others. What is not told in it is told of in
    /// another: this one says neither what is there nor what is kept.
    fn stands(&self, place: usize) -> String {
        let case = self.facts.case;
        let answer = case.answer_of(place);
        let name = match answer.map(|answer| answer.disposition) {
            None => "letter-rest-unanswered",
            Some(_) if case.is_handed_over(place) => "letter-rest-handed-over",
            Some(Disposition::Ask | Disposition::ByHand | Disposition::LookUp) => {
                "letter-rest-unanswered"
            }
            Some(Disposition::Reject) => "summary-other-reject",
            Some(Disposition::RedirectToCustomer) => "summary-other-redirect-to-customer",
            Some(Disposition::RedirectToTreatyChannel) => {
                "summary-other-redirect-to-treaty-channel"
            }
            Some(Disposition::NotLookedUp) => "summary-other-not-looked-up",
            Some(_) => "letter-rest-apart",
        };
        self.say(name)
    }
}

/// What must not be overlooked in a letter.
pub(crate) fn remark(page: &mut Document, text: String) {
    page.notice(Ink::Quiet, text);
}
