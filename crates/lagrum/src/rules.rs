//! `outgoing.toml`, as the desk knows it.

use std::sync::Arc;

use lagrum_desk::{Desk, MailRules, OnCall, Receiver, Rules, Watch};
use lagrum_outgoing::OutgoingSettings;
use lagrum_setup::Place;

/// The settings, if there are any.
pub fn settings(place: &Place) -> anyhow::Result<Option<OutgoingSettings>> {
    Ok(OutgoingSettings::read(&place.desk().join("outgoing.toml"))?)
}

/// The same desk, with the rules of its outgoing.toml. Where that cannot be used, nothing goes out, and whoever
/// asks whether all is in order is told why.
pub fn with_rules(place: &Place, desk: Desk) -> Desk {
    let file = place.desk().join("outgoing.toml");
    let rules = match OutgoingSettings::read(&file) {
        Ok(None) => return desk,
        Ok(Some(settings)) => rules(&settings),
        Err(why) => Rules {
            fault: Some(why.to_string()),
            ..Rules::default()
        },
    };
    desk.with_rules(Arc::new(rules))
}

fn rules(settings: &OutgoingSettings) -> Rules {
    let receivers = settings.receivers.iter().map(|one| Receiver {
        name: one.name.clone(),
        news: one.news.clone(),
    });
    Rules {
        mail: settings.mail.as_ref().map(|mail| MailRules {
            from: mail.address.clone(),
            plain: mail.letters.clone(),
        }),
        receivers: receivers.collect(),
        on_call: settings.on_call.as_ref().map(|one| OnCall {
            zone: one.zone.clone(),
            look_within: one.look_within,
            watches: one
                .watches
                .iter()
                .map(|watch| Watch {
                    person: watch.person.clone(),
                    days: watch.days.clone(),
                    from: watch.from,
                    until: watch.until,
                })
                .collect(),
        }),
        fault: None,
    }
}
