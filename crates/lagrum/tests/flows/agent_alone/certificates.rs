//! A package that is sealed to a certificate, of either kind, and what stops it.

use std::fs;
use std::sync::Mutex;

use jiff::{SignedDuration, Timestamp};
use lagrum_agent::Progress;
use lagrum_certificate::Certificate;
use lagrum_mandate::answer::RefusalCode;
use lagrum_mandate::{KnownRecipient, PinnedCertificate, Recipients, SealedTo};
use lagrum_model::Recipient;
use lagrum_package::check::Against;
use lagrum_package::open_archive_into;

use super::{Alone, NOW, STEM, produced, refused, stopped};
use crate::certificates::Holder;

const NAME: &str = "Somebody else";

/// An agent whose mandate seals to this certificate.
fn alone(certificate: &Certificate) -> Alone {
    let key = certificate.key().clone();
    let alone = Alone::below("here", move |mandate| {
        mandate.recipient = SealedTo::Key(Recipient {
            name: NAME.into(),
            key: key.clone(),
        });
    });
    pin(&alone, certificate);
    alone
}

fn pin(alone: &Alone, certificate: &Certificate) {
    let known = KnownRecipient {
        name: NAME.into(),
        country: alone.provider.mandate.basis.authority.country,
        key: certificate.key().clone(),
        certificate: Some(PinnedCertificate::new(certificate.bytes()).unwrap()),
        since: jiff::civil::date(2026, 1, 1),
    };
    let text = Recipients::new(vec![known]).unwrap().to_toml().unwrap();
    fs::write(alone.path("agent/recipients.toml"), text).unwrap();
}

#[test]
fn what_is_sealed_to_a_certificate_its_holder_opens_and_nobody_else() {
    let thieves = Holder::each(NAME);
    for (holder, thief) in Holder::each(NAME).into_iter().zip(thieves) {
        let police = holder.certificate(NOW);
        let alone = alone(&police);
        produced(&alone.run());
        alone.no_plaintext();
        let package = alone.path(&format!("exchange/out/{STEM}.tar.age"));
        let archive = alone.path("archive.tar");
        assert!(!thief.decrypt(&package, &archive));
        assert!(holder.decrypt(&package, &archive));
        let against = Against::Published(&alone.provider.trust);
        let archive = fs::File::open(archive).unwrap();
        let opened = open_archive_into(archive, &against, &alone.path("opened")).unwrap();
        assert_eq!(opened.checked.mandate.recipient.key(), Some(police.key()));
    }
}

#[test]
fn a_certificate_that_was_exchanged_where_it_is_pinned_stops_the_production() {
    let thieves = Holder::each(NAME);
    for (holder, thief) in Holder::each(NAME).into_iter().zip(thieves) {
        let (police, thief) = (holder.certificate(NOW), thief.certificate(NOW));
        let alone = alone(&police);
        let file = alone.path("agent/recipients.toml");
        let genuine = fs::read_to_string(&file).unwrap();
        // The thief's, of the same name, under the name of the genuine one; and none at all.
        let base64 = |one: &Certificate| String::from(PinnedCertificate::new(one.bytes()).unwrap());
        let swapped = genuine.replace(&base64(&police), &base64(&thief));
        assert_ne!(swapped, genuine);
        fs::write(&file, &swapped).unwrap();
        let run = || alone.run_with(&|| NOW, &mut |_| ());
        stopped(
            run(),
            "the certificate is another than the one that the key names",
        );
        let none = genuine
            .lines()
            .filter(|line| !line.starts_with("certificate"));
        fs::write(&file, none.collect::<Vec<_>>().join("\n")).unwrap();
        stopped(run(), "has to stand in the field `certificate`");
        alone.nothing_left();
        // Certificate and name: another key than the one that two people signed for.
        pin(&alone, &thief);
        refused(
            &alone.run(),
            RefusalCode::Mandate,
            "does not know the recipient",
        );
        alone.nothing_left();
    }
}

#[test]
fn a_certificate_that_has_expired_when_it_comes_to_sealing_stops_the_production() {
    for holder in Holder::each_until_october(NAME) {
        let police = holder.certificate(NOW);
        let expires = police.expires_at().unwrap();
        assert!(expires > NOW && expires < NOW + SignedDuration::from_hours(240));
        // Before the search begins, and while it runs.
        let alone = self::alone(&police);
        refused(
            &alone.run_at(expires),
            RefusalCode::Mandate,
            "it expired at",
        );
        alone.nothing_left();
        let alone = self::alone(&police);
        let now = Mutex::new(NOW);
        let clock = || -> Timestamp { *now.lock().unwrap() };
        let became = alone.run_with(&clock, &mut |progress| {
            if matches!(progress, Progress::Searching { .. }) {
                *now.lock().unwrap() = expires;
            }
        });
        refused(&became.unwrap(), RefusalCode::Mandate, "it expired at");
        alone.nothing_left();
    }
}
