//! The form of Annex III to Regulation (EU) 2023/1543, field by field out of `annex-iii.toml`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use lagrum_model::{
    Answer, Disposition, FormReason, InstrumentKind, Language, LetterKind, Moment, Part,
};
use serde::Deserialize;

use super::{AS_PROPOSED, Writing, remark};
use crate::assessment::own_reason;
use lagrum_blocks::{Block, Document, Field};

/// A text in each language.
type Said = BTreeMap<Language, String>;

/// The form as a file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    /// The languages in which somebody compared the wording with the Official Journal.
    compared: Vec<Language>,
    title: Said,
    sections: BTreeMap<String, Said>,
    fields: BTreeMap<String, Said>,
}

fn form() -> &'static Form {
    static FORM: OnceLock<Form> = OnceLock::new();
    FORM.get_or_init(|| {
        toml::from_str(include_str!("../../annex-iii.toml"))
            .expect("the form that is compiled in can be read")
    })
}

struct Filling<'a, 'w> {
    writing: &'w Writing<'a>,
    language: Language,
    page: Document,
}

/// The form, filled in as far as the case tells it.
pub(super) fn write(writing: &Writing<'_>) -> Document {
    let language = writing.phrases.language();
    let title = form().title[&language].clone();
    let mut filling = Filling {
        writing,
        language,
        page: Document::new(language, title),
    };
    filling.page.fields(writing.head());
    if !form().compared.contains(&language) {
        remark(&mut filling.page, writing.say("annex-not-compared"));
    }
    filling.certificate();
    filling.authorities();
    let case = writing.facts.case;
    let told: Vec<_> = case.told_by(LetterKind::AnnexIii).collect();
    filling.reasons(&told);
    let conflict = |(part, answer): &(&Part, &Answer)| {
        reason(part, answer) == Some(FormReason::ThirdCountryLaw)
    };
    if told.iter().any(conflict) {
        filling.third_country();
    }
    let lacks = |(part, answer): &(&Part, &Answer)| {
        answer.disposition == Disposition::Ask
            || matches!(
                reason(part, answer),
                Some(
                    FormReason::Incomplete
                        | FormReason::ManifestErrors
                        | FormReason::InsufficientInformation
                )
            )
    };
    if told.iter().any(lacks) {
        filling.section("F");
        let needed = filling.to_fill_in("needed");
        filling.page.paragraph(needed);
    }
    filling.section("G");
    let marks = ["preserved", "not-preserved"].map(|name| filling.tick(false, name));
    filling.bullets(marks.to_vec());
    let blank = writing.blank("annex-preserved");
    filling.page.paragraph(blank);
    filling.addressee();
    filling.page
}

fn reason(part: &Part, answer: &Answer) -> Option<FormReason> {
    answer.told_with(part).map(|form| form.reason)
}

impl Filling<'_, '_> {
    fn name(&self, field: &str) -> &'static str {
        form()
            .fields
            .get(field)
            .map_or("", |said| &said[&self.language])
    }

    fn section(&mut self, letter: &str) {
        self.page
            .section(form().sections[letter][&self.language].as_str());
    }

    fn tick(&self, ticked: bool, field: &str) -> String {
        mark(ticked, self.name(field))
    }

    fn bullets(&mut self, lines: Vec<String>) {
        let items = lines.into_iter().map(|line| vec![Block::paragraph(line)]);
        self.page.bullets(items.collect());
    }

    fn field(&self, name: &str, value: Option<String>) -> Field {
        let value = value.unwrap_or_else(|| self.writing.say("annex-none"));
        Field::new(self.name(name), value)
    }

    fn to_fill_in(&self, field: &str) -> String {
        let what = self.name(field);
        let phrases = self.writing.phrases;
        phrases.fill("letter-fill-in", &[("what", what)])
    }

    fn certificate(&mut self) {
        self.section("A");
        let kind = self.writing.demand.instrument.kind;
        let preserves = kind == InstrumentKind::EuropeanPreservationOrder;
        let marks = vec![
            self.tick(!preserves, "epoc"),
            self.tick(preserves, "epoc-pr"),
        ];
        self.bullets(marks);
    }

    fn authorities(&mut self) {
        self.section("B");
        let writing = self.writing;
        let (demand, phrases) = (writing.demand, writing.phrases);
        let instrument = &demand.instrument;
        let issuer = &instrument.issued_by;
        let validated = instrument.validated_by.as_ref();
        let case = writing.facts.case;
        // Who validated it afterwards stands in no certificate.
        let afterwards = validated.is_none() && case.moments.first(Moment::Validated).is_some();
        let received = case
            .received_at
            .map(|at| phrases.instant_both(at, writing.facts.zone));
        let mut fields = vec![
            self.field("issuing", Some(issuer.name.clone())),
            self.field(
                "issuing-file",
                Some(
                    issuer
                        .reference
                        .clone()
                        .unwrap_or_else(|| demand.reference.clone()),
                ),
            ),
            self.field(
                "validating",
                validated
                    .map(|by| by.name.clone())
                    .or_else(|| afterwards.then(|| self.to_fill_in("validating"))),
            ),
            self.field(
                "validating-file",
                validated
                    .and_then(|by| by.reference.clone())
                    .or_else(|| afterwards.then(|| self.to_fill_in("validating-file"))),
            ),
            self.field("issued-on", Some(phrases.day(instrument.issued_on))),
            self.field("received-on", received),
        ];
        let both = case.told_by(LetterKind::AnnexIii).any(|(part, answer)| {
            let form = answer.told_with(part);
            form.is_some_and(|form| form.enforcing_authority)
        });
        if both {
            for name in ["enforcing", "enforcing-file"] {
                let blank = self.to_fill_in(name);
                fields.push(self.field(name, Some(blank)));
            }
        }
        self.page.fields(fields);
        self.section("C");
        let fields = vec![
            self.field("addressee", Some(demand.addressee.entity.clone())),
            self.field("addressee-file", Some(writing.facts.id.to_string())),
        ];
        self.page.fields(fields);
    }

    /// All reasons of the form, those that are given ticked, with the parts that each concerns.
    fn reasons(&mut self, told: &[(&Part, &Answer)]) {
        self.section("D");
        let writing = self.writing;
        let phrases = writing.phrases;
        let mut items = Vec::new();
        for one in FormReason::ALL {
            let word = phrases.word(&format!("form-reason-{}", one.as_str()));
            let parts: Vec<_> = told
                .iter()
                .filter(|(part, answer)| reason(part, answer) == Some(one))
                .map(|(part, answer)| writing.named(answer.part, part))
                .collect();
            let mut item = vec![Block::paragraph(mark(
                !parts.is_empty(),
                &phrases.sentence(&word),
            ))];
            if !parts.is_empty() {
                let parts = parts.join("; ");
                item.push(Block::paragraph(
                    phrases.fill("annex-for", &[("parts", &parts)]),
                ));
            }
            items.push(item);
        }
        self.page.bullets(items);
        self.page.part(self.name("explanation"));
        let mut lines = Vec::new();
        for (part, answer) in told {
            let what = writing.named(answer.part, part);
            let own = own_reason(part, &answer.reason)
                .filter(|given| *given != AS_PROPOSED)
                .filter(|_| answer.disposition != part.finding.proposed());
            let all = part.finding.decided_by.iter();
            // The provider's own promise is no ground of the Regulation: it is not told where the law stops it.
            let law = all.clone().any(|rule| !writing.is_own_promise(rule));
            let rules = all.filter(|rule| !law || !writing.is_own_promise(rule));
            let rules = rules.map(|rule| writing.provision("letter-provision", rule));
            let why = match own {
                Some(reason) => reason.to_owned(),
                None => rules.collect::<Vec<_>>().join(" "),
            };
            let why = match why.is_empty() {
                true => writing.blank("letter-reason-blank"),
                false => why,
            };
            let blanks = [("what", what.as_str()), ("answer", &why)];
            lines.push(phrases.fill("letter-part", &blanks));
        }
        self.bullets(lines);
    }

    fn third_country(&mut self) {
        self.section("E");
        let names = [
            "law-title",
            "law-provision",
            "law-interest",
            "law-applies",
            "law-link",
            "law-penalty",
        ];
        let fields = names.map(|name| {
            let blank = match name {
                "law-interest" => self.writing.blank("annex-tick-law"),
                name => self.to_fill_in(name),
            };
            Field::new(self.name(name), blank)
        });
        self.page.fields(fields.to_vec());
    }

    fn addressee(&mut self) {
        self.section("H");
        let provider = self.writing.facts.provider;
        let contact = match provider.contact.is_empty() {
            true => self.to_fill_in("contact"),
            false => provider.contact.join("; "),
        };
        let day = self.writing.day();
        let fields = vec![
            self.field(
                "addressee",
                Some(self.writing.demand.addressee.entity.clone()),
            ),
            self.field("contact", Some(contact)),
            self.field("name", Some(self.to_fill_in("name"))),
            Field::lines(self.name("date"), day.value),
        ];
        self.page.fields(fields);
    }
}

/// A box of the form.
fn mark(ticked: bool, text: &str) -> String {
    format!("[{}] {text}", if ticked { 'x' } else { ' ' })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_has_all_its_sections_and_fields_in_three_languages() {
        let form = form();
        let letters: Vec<_> = form.sections.keys().map(String::as_str).collect();
        assert_eq!(letters, ["A", "B", "C", "D", "E", "F", "G", "H"]);
        let all = form.sections.values().chain(form.fields.values());
        for said in all.chain([&form.title]) {
            assert_eq!(said.len(), Language::ALL.len(), "{said:?}");
            assert!(said.values().all(|text| !text.trim().is_empty()));
        }
    }
}
