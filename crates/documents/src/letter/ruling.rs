//! The letter that tells the authority what a court decided about the challenge of its demand, and what follows.

use lagrum_model::{Disposition, Moment};

use super::Writing;
use lagrum_blocks::{Block, Document};

impl Writing<'_> {
    /// What was decided, by whom, when and under which number; what follows; and where each part stands.
    pub(super) fn court_outcome(&self, page: &mut Document) {
        let (case, phrases) = (self.facts.case, self.phrases);
        let Some(ruled) = case.ruling_to_tell() else {
            return;
        };
        let by = self.say(&format!("letter-court-outcome-by-{}", ruled.what));
        let ruling = ruled.ruling.as_ref();
        let number = ruling.and_then(|ruling| ruling.case_number.clone());
        let number = number.unwrap_or_else(|| self.blank("letter-court-outcome-number-blank"));
        let at = phrases.instant(ruled.when, self.facts.zone);
        page.fields(vec![
            self.field("letter-court-outcome-by", phrases.sentence(&by)),
            self.field("letter-court-outcome-when", at),
            self.field("letter-court-outcome-number", number),
        ]);
        let went = ruling.map(|ruling| ruling.outcome.as_str());
        page.paragraph(match went {
            Some(went) => phrases.fill(
                &format!("letter-court-outcome-{went}"),
                &[("by", &phrases.sentence(&by))],
            ),
            None => self.blank("letter-court-outcome-blank"),
        });
        page.paragraph(match (ruled.appealed, went) {
            (Some(at), _) => {
                let at = phrases.instant(at, self.facts.zone);
                phrases.fill("letter-court-outcome-appealed", &[("at", &at)])
            }
            (None, Some(went)) => self.say(&format!("letter-court-outcome-{went}-then")),
            (None, None) => self.blank("letter-court-outcome-then-blank"),
        });
        if ruled.what == Moment::ReviewEnded {
            page.paragraph(self.say("letter-court-outcome-tell-us"));
        }
        let objected = case.answered_parts();
        let objected: Vec<_> = objected
            .filter(|(_, answer)| answer.disposition == Disposition::Challenge)
            .map(|(part, answer)| (answer.part, self.named(answer.part, part)))
            .collect();
        if !objected.is_empty() {
            page.section(self.say("letter-court-outcome-parts"));
            let items = objected.iter();
            let items = items.map(|(_, name)| vec![Block::paragraph(name.clone())]);
            page.bullets(items.collect());
        }
        let told: Vec<_> = objected.iter().map(|(place, _)| *place).collect();
        self.rest(page, &told);
    }
}
