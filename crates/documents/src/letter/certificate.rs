//! The certificate of authenticity: with what a person vouches for records that were taken out.
//!
//! For the courts of the United States it has what their law asks for: Federal Rules of Evidence 902(11), 902(13)
//! and 902(14) with 803(6), for foreign records 902(12) and 18 U.S.C. § 3505, and the declaration of 28 U.S.C. § 1746(1),
//! which holds wherever it is signed. No form is prescribed elsewhere: there it says who took out what, how, and by
//! what the copy is known again. What the record shows is written; what only a person can vouch for is left open.

use lagrum_mandate::Mandate;
use lagrum_model::Category;

use super::Writing;
use crate::demand;
use lagrum_blocks::{Block, Document, Field};

/// Where the form of the United States is asked for.
const UNITED_STATES: &str = "US";

impl Writing<'_> {
    /// Who certifies what, and the declaration.
    pub(super) fn certificate(&self, page: &mut Document) {
        let american = self.demand.authority.country.as_str() == UNITED_STATES;
        let phrases = self.phrases;
        let packages: Vec<_> = self.facts.case.certified().collect();
        if american {
            page.paragraph(self.say("letter-certificate-provisions"));
        }
        let blanks = [
            ("name", self.blank("letter-certificate-name-blank")),
            ("position", self.blank("letter-certificate-position-blank")),
            ("provider", self.facts.provider.name.clone()),
            ("knows", self.blank("letter-certificate-knows-blank")),
        ];
        let blanks = blanks.each_ref().map(|(name, what)| (*name, what.as_str()));
        page.paragraph(phrases.fill("letter-certificate-who", &blanks));

        page.section(self.say("letter-certificate-records"));
        let mut content = false;
        let mut others = false;
        for one in &packages {
            let Some(made) = one.produced else { continue };
            let mandate = Mandate::parse(&one.text).ok();
            let mut fields = Vec::new();
            if let Some(mandate) = &mandate {
                content |= mandate.categories.contains(&Category::Content);
                others |= mandate.categories.iter().any(|c| *c != Category::Content);
                fields = self.taken_out(mandate);
            }
            fields.extend(self.package(one, mandate.as_ref(), &made));
            page.fields(fields);
        }

        page.section(self.say("letter-certificate-stated"));
        let mut stated = Vec::new();
        let mut state = |name: &str, blank: Option<&str>| {
            let mut item = vec![Block::paragraph(
                phrases.fill(name, &[("provider", &self.facts.provider.name)]),
            )];
            item.extend(blank.map(|blank| Block::paragraph(self.blank(blank))));
            stated.push(item);
        };
        if others {
            let blank = Some("letter-certificate-kept-blank");
            state("letter-certificate-kept", blank);
        }
        if content {
            state("letter-certificate-messages", None);
        }
        if american {
            let blank = Some("letter-certificate-systems-blank");
            state("letter-certificate-systems", blank);
        }
        state("letter-certificate-copied", None);
        state("letter-certificate-not-said", None);
        page.bullets(stated);

        page.section(self.say("letter-certificate-declaration"));
        page.paragraph(self.say(match american {
            true => "letter-certificate-declared-us",
            false => "letter-certificate-declared",
        }));
        if american {
            page.paragraph(self.blank("letter-certificate-abroad-blank"));
        }
        page.fields(vec![
            self.field(
                "letter-certificate-executed",
                self.blank("letter-certificate-executed-blank"),
            ),
            self.field("letter-certificate-signature", "________________________"),
        ]);
    }

    /// Of whom a mandate let records be taken out, which and of what time.
    fn taken_out(&self, mandate: &Mandate) -> Vec<Field> {
        let phrases = self.phrases;
        let accounts = mandate.identifiers.iter();
        let accounts: Vec<_> = accounts
            .map(|one| demand::identifier(one.get(), phrases))
            .collect();
        let kinds = mandate.categories.iter();
        let kinds: Vec<_> = kinds
            .map(|one| demand::kind(*one, &mandate.sub_categories, phrases))
            .collect();
        vec![
            self.field("letter-certificate-accounts", accounts.join(", ")),
            self.field(
                "letter-certificate-kinds",
                phrases.sentence(&kinds.join(", ")),
            ),
            self.field(
                "letter-certificate-period",
                phrases.period_in_zone(&mandate.period, self.facts.zone),
            ),
            self.field("letter-certificate-mandate", mandate.digest().to_string()),
        ]
    }
}
