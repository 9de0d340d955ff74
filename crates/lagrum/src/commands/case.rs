//! `lagrum case`, `lagrum original`

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context as _, anyhow};
use lagrum_desk::CaseForm;
use lagrum_documents::{CasePage, Names, case_page};
use lagrum_model::{AccountIdentifier, CaseId, Language, MandateRecord, Role};

use crate::context::{Context, group_of, now, person_of, phrases, zone};
use crate::output::Failure;
use lagrum_web::to_sign::earlier;

/// Show a case: demand, findings, answers, mandates and everything that happened
#[derive(clap::Args)]
pub struct Case {
    /// The case
    #[arg(value_parser = CaseId::parse)]
    case: CaseId,
    /// The language: en, sv or da
    #[arg(long, value_name = "LANG", default_value = "en")]
    lang: Language,
}

/// Give back what was received, byte for byte
#[derive(clap::Args)]
pub struct Original {
    /// The case
    #[arg(value_parser = CaseId::parse)]
    case: CaseId,
    /// Which of its files, as `lagrum case` numbers them
    #[arg(default_value_t = 1)]
    number: usize,
    /// Write it to this new file instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Case {
    /// Shows it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let id = &self.case;
        context.at_desk(|session| {
            let view = session.case(id)?;
            let desk = session.desk();
            let case = &view.case;
            let json = CaseForm::from(&view);
            let named = case.demand.iter().flat_map(|demand| demand.identifiers());
            let accounts: Vec<_> = named
                .filter_map(|one| AccountIdentifier::try_from(one.clone()).ok())
                .collect();
            let earlier = earlier(session, id, accounts)?;
            let packs = desk.law()?;
            let phrases = phrases(packs, self.lang)?;
            let notices = desk.notices(case, now())?;
            let people = desk.people()?;
            let person = |id: &str| person_of(people, id);
            let group = |id: &str| group_of(people, id);
            context.output.page(&json, || {
                let page = CasePage {
                    id,
                    case,
                    events: &view.events,
                    clocks: &view.clocks,
                    earlier: &earlier,
                    for_counsel: session.by().role() == Role::Counsel,
                    notices: &notices,
                    zone: &zone(desk),
                    names: Names {
                        person: &person,
                        group: &group,
                    },
                };
                case_page(&page, packs, &phrases)
            })?;
            if let Some(why) = &view.uncompared {
                context.note(&format!(
                    "case {id} could not be compared with the public log: {why}; nothing is signed or handed over before it was"
                ));
            }
            if !case.closed {
                for other in session.alike(id)? {
                    context.note(&format!(
                        "case {} has the same reference of the same authority; if it is the same demand, sent again: lagrum link {id} {} --sent-again --reason WHY",
                        other.case, other.case
                    ));
                }
            }
            if !view.lapsed.is_empty() {
                context.note(&format!(
                    "case {id} has mandates that nobody can carry out any more; `lagrum decide {id}` drafts what is still to be carried out anew"
                ));
            } else if refused(case) {
                context.note(&format!(
                    "an agent did not carry a mandate out, and tries again when it runs; `lagrum recall {id}` stops that, and when the agent has answered, `lagrum decide {id}` drafts it anew"
                ));
            }
            if view.unrecorded_answer {
                context.note("an agent has answered; `lagrum settle` records it");
            }
            Ok(())
        })
    }
}

/// Whether an agent refused a mandate that it still has.
fn refused(case: &lagrum_model::Case) -> bool {
    let refused = |one: &MandateRecord| one.is_out() && one.not_produced.is_some();
    !case.closed && case.mandates.values().any(refused)
}

impl Original {
    /// Gives it back.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        context.at_desk(|session| {
            let (original, bytes) = session.original(&self.case, self.number)?;
            if let Some(file) = &self.out {
                std::fs::File::create_new(file)
                    .and_then(|mut out| out.write_all(&bytes))
                    .with_context(|| file.display().to_string())?;
                return context.output.show(&original, || {
                    format!(
                        "{}: {} bytes, SHA-256 {}",
                        file.display(),
                        bytes.len(),
                        original.sha256
                    )
                });
            }
            if context.output.json {
                return Err(anyhow!("--json describes the file: give --out FILE as well").into());
            }
            Ok(std::io::stdout().lock().write_all(&bytes)?)
        })
    }
}
