//! The letter that goes with sealed packages.

use lagrum_mandate::{Mandate, unreviewed};
use lagrum_model::{MandateRecord, Production};

use super::Writing;
use crate::review;
use lagrum_blocks::{Block, Document, Field};

impl Writing<'_> {
    /// What goes with the packages of a production.
    pub(super) fn production(&self, page: &mut Document) {
        let case = self.facts.case;
        let told = |one: &MandateRecord| {
            let mandate = Mandate::parse(&one.text);
            mandate.is_ok_and(|mandate| mandate.recipient.told().is_some())
        };
        page.paragraph(self.say(match case.may_be_handed_over().any(told) {
            true => "letter-production-lead-passphrase",
            false => "letter-production-lead",
        }));
        let mut told = Vec::new();
        for one in case.may_be_handed_over() {
            let Some(made) = one.produced else { continue };
            let mandate = Mandate::parse(&one.text).ok();
            page.fields(self.package(one, mandate.as_ref(), &made));
            told.extend(one.parts.iter().copied());
        }
        page.section(self.say("letter-production-parts"));
        let parts = case.answered_parts();
        let mut items = Vec::new();
        for (part, answer) in parts.filter(|(_, answer)| told.contains(&answer.part)) {
            let what = self.named(answer.part, part);
            let mut item = vec![Block::paragraph(match self.not_inside(answer.part) {
                None => what,
                Some(said) => {
                    let blanks = [("what", what.as_str()), ("answer", &self.say(said))];
                    self.phrases.fill("letter-part", &blanks)
                }
            })];
            item.extend(self.limits(part));
            items.push(item);
        }
        page.bullets(items);
        page.paragraph(self.say("letter-production-open"));
        self.rest(page, &told);
    }

    /// For whom a package is sealed, what is in it and what is not, and by what it is known again.
    pub(super) fn package(
        &self,
        one: &MandateRecord,
        mandate: Option<&Mandate>,
        made: &Production,
    ) -> Vec<Field> {
        let mut fields = Vec::new();
        if let Some(mandate) = mandate {
            let name = mandate.recipient.name().to_owned();
            fields.push(self.field("letter-production-sealed", name));
        }
        let items = review::items(one, made, self.phrases);
        fields.push(self.field("letter-production-items", items));
        let open = unreviewed(self.facts.case, one, MandateRecord::is_carried_out);
        if open > 0 {
            let text = self.phrases.count("mandate-withheld", open);
            fields.push(self.field("letter-production-withheld", text));
        }
        fields.push(self.field("letter-production-package", made.package.to_string()));
        fields
    }

    /// Why nothing of a part is in the packages, if nothing is. Of what counsel looks at, or looked at, nothing is said
    /// beside it.
    fn not_inside(&self, part: usize) -> Option<&'static str> {
        let found = self.facts.case.may_be_handed_over();
        let found: Vec<_> = found.filter_map(|one| one.found_of(part)).collect();
        let some = found.iter().any(|one| one.items > 0 || one.for_review > 0);
        if some || found.is_empty() {
            return None;
        }
        Some(match found.iter().any(|one| one.complete) {
            true => "letter-production-nothing",
            false => "letter-production-not-complete",
        })
    }
}
