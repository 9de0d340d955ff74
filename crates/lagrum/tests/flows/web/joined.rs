//! Two arrivals of one demand, and two demands in one arrival, on the pages.

use super::Served;
use crate::by_hand::Hand;

fn taken(browser: &mut super::client::Browser, name: &str, bytes: &[u8]) -> String {
    let answer = browser.upload("/new", &[("channel", "post")], &[(name, bytes)]);
    assert_eq!(answer.status, 303, "{}", answer.text());
    let path = answer.to().split('?').next().unwrap();
    path["/cases/".len()..].to_owned()
}

#[test]
fn cases_are_joined_and_split_by_forms_and_nothing_is_lost() {
    let hand = Hand::ready();
    let served = Served::new(&hand);
    let mut olof = served.browser("olof");
    let first = taken(&mut olof, "letter.txt", b"the order, by letter");
    let again = taken(&mut olof, "mail.txt", b"the order, by mail");
    // Nobody says why, or names a case that is not there.
    let join = format!("/cases/{again}/join");
    let form = |into| [("into", into), ("why", "the same order")];
    assert_eq!(
        olof.post(&join, &[("into", &*first), ("why", "")]).status,
        422
    );
    assert_eq!(olof.post(&join, &form("2026-9999")).status, 404);
    assert_eq!(olof.post(&join, &form("x")).status, 404);
    let done = olof.post(&join, &form(&first));
    assert_eq!(done.to(), format!("/cases/{first}?done=joined"));
    let page = olof.get(done.to()).ok();
    page.says("The two cases are one now.");
    olof.get(&format!("/cases/{first}/demand"))
        .ok()
        .says("mail.txt");
    let ended = olof.get(&format!("/cases/{again}")).ok();
    ended.says("The demand came again; it is answered in");
    ended.says(&format!("href=\"/cases/{first}\""));
    olof.get("/cases?view=open").ok().says_not(&again);
    // Of what ended nobody is offered what cannot be done.
    ended.says_not(&format!("/cases/{again}/describe"));
    let papers = olof.get(&format!("/cases/{again}/demand")).ok();
    papers.says_not(&format!("/cases/{again}/describe"));

    // Two orders in one letter.
    let demand = format!("/cases/{first}/demand");
    olof.get(&demand)
        .ok()
        .says("Two demands came in these papers");
    let split = format!("/cases/{first}/split");
    assert_eq!(olof.post(&split, &[("reason", "on page 2")]).status, 422);
    assert_eq!(
        olof.post(&split, &[("original", "x"), ("reason", "so")])
            .status,
        400
    );
    let fields = [("original", "1"), ("reason", "a second order on page 2")];
    let done = olof.post(&split, &fields);
    assert_eq!(done.status, 303, "{}", done.text());
    let page = olof.get(done.to()).ok();
    page.says("This is a case of its own now");
    page.says("letter.txt");
    page.says(&first);
    let told = hand.json(&["cases"]);
    assert_eq!(told["cases"].as_array().unwrap().len(), 3);
    hand.run(&["settle"]).ok();
    hand.run(&["desk", "verify"]).ok();

    // By hand.
    let words = hand.write("third.txt", "by fax");
    let third = hand.json(&["intake", &words])["cases"][0]["case"].clone();
    let third = third.as_str().unwrap();
    let out = hand
        .run(&["join", third, &first, "--reason", "by fax"])
        .ok()
        .out;
    assert!(out.contains("ended"), "{out}");
    let out = hand.run(&["split", &first, "2", "--reason", "so"]).ok().out;
    assert!(out.contains("was taken out"), "{out}");
}
