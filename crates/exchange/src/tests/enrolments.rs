//! A new agent comes in.

use lagrum_transport::testing::{Stops, agent_key, offer, region};

use super::*;
use crate::{INVITED_FOR, Invitation, NotInvited, invite};

fn new_key() -> SigningKey<role::Agent> {
    SigningKey::from_seed(&[8; 32], "kvist.example/agent/two").unwrap()
}

/// An exchange whose region has no agent, and Dublin beside it.
fn wire() -> (OverHttp, PathBuf) {
    wire_with(Arc::default())
}

fn wire_with(stops: Arc<Stops>) -> (OverHttp, PathBuf) {
    let wire = OverHttp::new(region(), &agent_key(), stops);
    wire.desk()
        .offer(&region(), &offer("2026-0004-00000001"))
        .unwrap();
    let settings = wire.root.path().join("exchange.toml");
    let text = format!(
        "origin = \"{}\"\n[[region]]\nregion = \"stockholm\"\ndirectory = \"stockholm\"\n\
         [[region]]\nregion = \"dublin\"\ndirectory = \"dublin\"\n",
        wire.served.origin()
    );
    lagrum_durable::replace(&settings, text.as_bytes()).unwrap();
    (wire, settings)
}

#[test]
fn a_token_lets_one_key_into_its_region_once() {
    let (wire, settings) = wire();
    let new = agent_at(&wire.served.origin(), "stockholm", &new_key(), 5);
    assert!(new.waiting().is_err());
    let mut random = Counted::from(3);
    let invited = invite(&settings, &region(), at(), &mut random).unwrap();
    let second = invite(&settings, &region(), at(), &mut random).unwrap();
    assert_eq!(invited.until, at() + INVITED_FOR);
    new.enrol(&invited.token).unwrap();
    assert_eq!(new.waiting().unwrap().len(), 1);
    // A region has one agent: it alone knows what it carried out. The same token, another one, a new one: none counts.
    for token in [&invited.token, &second.token] {
        let why = wire.agent.enrol(token).unwrap_err().to_string();
        assert!(why.contains("it was used"), "{why}");
        assert!(wire.agent().waiting().is_err());
    }
    let third = invite(&settings, &region(), at(), &mut random);
    assert!(matches!(third, Err(NotInvited::HasAgent(_))));
    assert_eq!(new.waiting().unwrap().len(), 1);
    // Nothing that lies there tells the token.
    for folder in ["invited", "enrolled"] {
        for entry in std::fs::read_dir(wire.root.path().join(folder)).unwrap() {
            let file = entry.unwrap().path();
            let text = format!(
                "{}{}",
                file.display(),
                std::fs::read_to_string(&file).unwrap()
            );
            assert!(!text.contains(&invited.token), "{text}");
        }
    }
    // Its key is taken out, and with a new token there is another agent; the old token still counts for nobody.
    std::fs::remove_file(wire.root.path().join("enrolled/stockholm")).unwrap();
    assert!(new.waiting().is_err());
    assert!(wire.agent.enrol(&invited.token).is_err());
    wire.agent.enrol(&second.token).unwrap();
    assert_eq!(wire.agent().waiting().unwrap().len(), 1);
}

#[test]
fn a_token_that_is_nobody_s_another_region_s_or_old_lets_nobody_in() {
    let (wire, settings) = wire();
    let dublin = Region::parse("dublin").unwrap();
    let mut random = Counted::from(3);
    let elsewhere = invite(&settings, &dublin, at(), &mut random).unwrap();
    let old = invite(&settings, &region(), at() - INVITED_FOR, &mut random).unwrap();
    let new = agent_at(&wire.served.origin(), "stockholm", &new_key(), 5);
    let nobodys = "0".repeat(32);
    for token in [
        &elsewhere.token,
        &old.token,
        &nobodys,
        "",
        "../exchange.toml",
    ] {
        assert!(new.enrol(token).is_err(), "{token}");
        assert!(new.waiting().is_err());
    }
    let oslo = Region::parse("oslo").unwrap();
    assert!(matches!(
        invite(&settings, &oslo, at(), &mut random),
        Err(NotInvited::NoRegion(_))
    ));
    // That it was tried used nothing up.
    let own = agent_at(&wire.served.origin(), "dublin", &new_key(), 7);
    own.enrol(&elsewhere.token).unwrap();
    own.waiting().unwrap();
    // A key of one region does not come into another.
    let invited = invite(&settings, &region(), at(), &mut random).unwrap();
    assert!(new.enrol(&invited.token).is_err());
    wire.agent.enrol(&invited.token).unwrap();
}

#[test]
fn of_many_who_show_the_same_token_at_once_one_comes_in() {
    let (wire, settings) = wire();
    let invited = invite(&settings, &region(), at(), &mut Counted::from(3)).unwrap();
    let agents: Vec<_> = (10..20_u8)
        .map(|seed| {
            let name = format!("kvist.example/agent/{seed}");
            let key = SigningKey::from_seed(&[seed; 32], &name).unwrap();
            agent_at(&wire.served.origin(), "stockholm", &key, seed.into())
        })
        .collect();
    let came_in: Vec<bool> = std::thread::scope(|threads| {
        let tries: Vec<_> = agents
            .iter()
            .map(|agent| threads.spawn(|| agent.enrol(&invited.token).is_ok()))
            .collect();
        tries.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(came_in.iter().filter(|one| **one).count(), 1);
    for (agent, came_in) in agents.iter().zip(came_in) {
        assert_eq!(agent.waiting().is_ok(), came_in);
    }
}

fn says(agent: &HttpsAgent, token: &str) -> String {
    agent.enrol(token).unwrap_err().to_string()
}

fn modes_below(directory: &Path) -> Vec<u32> {
    use std::os::unix::fs::PermissionsExt as _;
    let entries = std::fs::read_dir(directory).unwrap();
    let modes = entries.map(|entry| entry.unwrap().metadata().unwrap().permissions().mode());
    modes.map(|mode| mode & 0o077).collect()
}

#[test]
fn cut_off_anywhere_a_token_still_counts_for_the_agent_that_showed_it_and_for_no_other() {
    for cut in 0..3 {
        let stops = Arc::<Stops>::default();
        let (wire, settings) = wire_with(Arc::clone(&stops));
        let Invitation { token, .. } =
            invite(&settings, &region(), at(), &mut Counted::from(3)).unwrap();
        let new = agent_at(&wire.served.origin(), "stockholm", &new_key(), 5);
        stops.fail_after(cut);
        let why = says(&new, &token);
        assert!(why.contains("something failed there"), "{why}");
        assert!(!stops.none(), "it was not cut off");
        assert_eq!(wire.told.lock().unwrap().len(), 1);
        let enrolled = wire.root.path().join("enrolled/stockholm");
        assert_eq!(enrolled.exists(), cut == 2);
        if cut > 0 {
            assert!(says(&wire.agent, &token).contains("it was used"));
            // Also where its key counted already, and was taken out.
            lagrum_durable::remove(&enrolled).unwrap();
            assert!(says(&wire.agent, &token).contains("it was used"));
        }
        new.enrol(&token).unwrap();
        assert_eq!(new.waiting().unwrap().len(), 1);
        // The answer may have been lost: who is in hears it again.
        new.enrol(&token).unwrap();
        lagrum_durable::remove(&enrolled).unwrap();
        assert!(says(&new, &token).contains("it was used"));
        assert_eq!(wire.told.lock().unwrap().len(), 1);
    }
    // Its key counts, and only the token is not used up yet: it is, once it is shown again.
    let stops = Arc::<Stops>::default();
    let (wire, settings) = wire_with(Arc::clone(&stops));
    let invited = invite(&settings, &region(), at(), &mut Counted::from(3)).unwrap();
    let second = invite(&settings, &region(), at(), &mut Counted::from(9)).unwrap();
    let new = agent_at(&wire.served.origin(), "stockholm", &new_key(), 5);
    stops.fail_after(2);
    says(&new, &invited.token);
    assert_eq!(new.waiting().unwrap().len(), 1);
    assert!(says(&new, &second.token).contains("it was used"));
    new.enrol(&invited.token).unwrap();
    assert!(says(&wire.agent, &invited.token).contains("it was used"));
    // What tokens left is nobody else's to read.
    let closed = modes_below(&wire.root.path().join("invited"));
    assert_eq!(closed, [0; 3]);
}

#[test]
fn where_the_key_cannot_be_written_the_exchange_says_so_and_the_token_is_not_spent() {
    let (wire, settings) = wire();
    let invited = invite(&settings, &region(), at(), &mut Counted::from(3)).unwrap();
    let enrolled = wire.root.path().join("enrolled");
    std::fs::remove_dir(&enrolled).unwrap();
    std::os::unix::fs::symlink("/proc/nowhere", &enrolled).unwrap();
    let new = agent_at(&wire.served.origin(), "stockholm", &new_key(), 5);
    let why = says(&new, &invited.token);
    assert!(why.contains("something failed there"), "{why}");
    let told = wire.told.lock().unwrap().join(" ");
    assert!(told.contains("enrolled"), "{told}");
    assert!(!told.contains(&invited.token), "{told}");
    std::fs::remove_file(&enrolled).unwrap();
    new.enrol(&invited.token).unwrap();
    assert_eq!(new.waiting().unwrap().len(), 1);
}
