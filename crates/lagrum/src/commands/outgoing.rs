//! What goes out by itself: the settings, the ways, and the runs of a desk that is served.

use std::time::Duration;

use anyhow::anyhow;
use lagrum_desk::{Carried, Carrier, Desk, NotCarried, OutgoingNews, Parcel, Ran, Says};
use lagrum_documents::{Document, PlainMail, Zone, fetch_mail, news_mail};
use lagrum_durable::Seen;
use lagrum_law::LawPacks;
use lagrum_model::{NewsKind, TimeSource as _};
use lagrum_outgoing::{
    Hook, Letter, MailSettings, NotSent, OutgoingSettings, hook_body, post, send,
};
use lagrum_setup::Place;
use rand_core::OsRng;

use crate::context::{Context, Machine, phrases, zone};
use crate::output::Failure;
use crate::rules::{settings, with_rules};

/// How often a desk that is served looks for what is to go out: an alarm is on its way within that time.
const EVERY: Duration = Duration::from_secs(15);

/// Send what waits to go out by itself: letters, and news
///
/// A desk that is served does the same all the time. outgoing.toml beside desk.toml says how, and to whom.
#[derive(clap::Args)]
pub struct SendOut {}

/// Carries what goes out by the ways of the settings, in the words of the desk.
struct Ways<'w> {
    settings: &'w OutgoingSettings,
    provider: &'w str,
    law: &'w LawPacks,
    zone: Zone,
}

fn not_carried(why: NotSent) -> NotCarried {
    NotCarried {
        why: why.to_string(),
        later: why.later(),
    }
}

/// What is not set up may be set up another time.
fn no_way() -> NotCarried {
    NotCarried {
        why: "outgoing.toml names no such way".to_owned(),
        later: true,
    }
}

impl Ways<'_> {
    fn words(&self, says: Says<'_>) -> Result<(PlainMail, bool), NotCarried> {
        let words = |language| {
            phrases(self.law, language).map_err(|_| NotCarried {
                why: "the law packs cannot be used".to_owned(),
                later: true,
            })
        };
        Ok(match says {
            Says::News(OutgoingNews { kind, case, at }) => {
                let page = match kind {
                    NewsKind::Emergency => "/night",
                    NewsKind::NotSent => "/letters",
                    _ => "",
                };
                let link = self.settings.desk.as_ref();
                let link = link.map(|desk| format!("{desk}/cases/{case}{page}"));
                let words = words(self.settings.language)?;
                let mail = news_mail(kind, case, at, link.as_deref(), &self.zone, &words);
                (mail, true)
            }
            Says::AtDoor { link, language } => {
                (fetch_mail(self.provider, link, &words(language)?), true)
            }
            Says::Letter { text, language } => {
                let title = Document::of_letter(text, language).title;
                let text = text.to_owned();
                let subject = format!("{}: {title}", self.provider);
                (PlainMail { subject, text }, false)
            }
        })
    }

    fn mail(
        &self,
        settings: &MailSettings,
        id: &str,
        to: &str,
        says: Says<'_>,
    ) -> Result<Carried, NotCarried> {
        let (mail, automatic) = self.words(says)?;
        let letter = Letter {
            id,
            to,
            subject: &mail.subject,
            text: &mail.text,
            automatic,
            at: Machine.now(),
        };
        let taken = send(settings, &letter).map_err(not_carried)?;
        Ok(Carried {
            code: taken.code,
            message_id: taken.message_id,
        })
    }
}

impl Carrier for Ways<'_> {
    fn carry(&self, parcel: &Parcel<'_>) -> Result<Carried, NotCarried> {
        match *parcel {
            Parcel::Mail { id, to, says } => {
                let settings = self.settings.mail.as_ref().ok_or_else(no_way)?;
                self.mail(settings, id, to, says)
            }
            Parcel::Hook { id, receiver, news } => {
                let mut all = self.settings.receivers.iter();
                let found = all.find(|one| one.name == receiver);
                let settings = found.ok_or_else(no_way)?;
                let name = format!("msg_{id}");
                let hook = Hook {
                    id: &name,
                    body: &hook_body(news.kind, news.case, news.at),
                    at: Machine.now(),
                };
                let told = post(settings, &hook).map_err(not_carried)?;
                Ok(Carried {
                    code: told.status,
                    message_id: name,
                })
            }
        }
    }
}

/// Sends what is due by the settings that the desk has.
fn send_out(settings: &OutgoingSettings, desk: &Desk) -> Result<Ran, Failure> {
    let ways = Ways {
        settings,
        provider: desk.provider(),
        law: desk.law()?,
        zone: zone(desk),
    };
    let ran = desk.send_out(desk.rules(), &ways, &Machine, &mut OsRng)?;
    if ran.sent + ran.given_up > 0 {
        // What is recorded stays recorded; the next run brings it into the public log.
        let _ = desk.settle();
    }
    Ok(ran)
}

/// Sends what is due for as long as the process runs, by the settings as they are at the time.
pub fn send_all_the_time(place: Place) {
    std::thread::spawn(move || {
        let mut opened = None;
        loop {
            let now = Seen::settings(&place.desk());
            // Opened anew only when a setting changed: whoever left is told nothing more.
            if opened.as_ref().is_none_or(|(at, _)| *at != now) {
                let open = || Some((settings(&place).ok()??, place.open_desk().ok()?));
                let with = |(settings, desk)| (settings, with_rules(&place, desk));
                opened = Some((now, open().map(with)));
            }
            // What fails is tried again; what cannot be used is told to whoever asks whether all is in order.
            if let Some((_, Some((settings, desk)))) = &opened {
                let _ = send_out(settings, desk);
            }
            std::thread::sleep(EVERY);
        }
    });
}

impl SendOut {
    /// Sends it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let settings = settings(&context.place)?.ok_or_else(|| {
            anyhow!(
                "there is no outgoing.toml beside desk.toml: docs/outgoing.md says what stands in it"
            )
        })?;
        let ran = context.at_desk(|session| send_out(&settings, session.desk()))?;
        context.output.show(&ran, || {
            let mut lines = vec![format!(
                "Sent: {}. Tried again later: {}. Given up: {}.",
                ran.sent, ran.later, ran.given_up
            )];
            if let Some(why) = &ran.why {
                lines.push(format!("The last that did not go out: {why}."));
            }
            lines.join("\n")
        })
    }
}
