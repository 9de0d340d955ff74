//! What a person sets for themselves, and what stands beside the names of views.

use super::Served;
use crate::by_hand::Hand;

#[test]
fn settings_are_a_persons_own_follow_them_and_change_nothing_for_others() {
    let hand = Hand::ready();
    let served = Served::new(&hand);
    let case = hand.decided();
    let mut olof = served.browser("olof");
    let mut maja = served.browser("maja");
    let page = olof.get("/settings/me").ok();
    page.says("One-key shortcuts");
    page.says("As the desk: UTC");
    page.says("Europe/Stockholm");
    olof.get("/cases").ok().says("keys.js");
    assert_eq!(olof.get("/").to(), "/cases?view=mine");

    let set = |zone, start, keys| {
        [
            ("language", "sv"),
            ("zone", zone),
            ("start", start),
            ("keys", keys),
        ]
    };
    let kept = olof.post("/settings/me", &set("America/New_York", "today", "off"));
    assert_eq!(kept.to(), "/settings/me?done=settings-kept");
    olof.get(kept.to())
        .ok()
        .says("Dina inställningar är sparade");
    assert_eq!(olof.get("/").to(), "/cases?view=today");
    // No key does anything, and nothing else is missing.
    let list = olof.get("/cases?view=open").ok();
    list.says("America/New_York");
    list.says(&case);
    for word in ["keys.js", "data-key", "aria-keyshortcuts", "<kbd>"] {
        list.says_not(word);
    }
    olof.get("/keys").ok().says("De är avstängda");
    // In another browser it is as it was set; in that of somebody else nothing changed.
    let mut elsewhere = served.browser("olof");
    let page = elsewhere.get("/settings/me").ok();
    page.says("America/New York");
    elsewhere.get("/cases").ok().says_not("keys.js");
    maja.get("/cases").ok().says("keys.js");
    maja.get("/keys").ok().says("They are on.");
    maja.get("/cases?view=open").ok().says_not("New_York");

    // What no form of ours says is refused, and what was set stays.
    for wrong in [
        set("Nowhere/Town", "today", "on"),
        set("../../etc/passwd", "today", "on"),
        set("", "order", "on"),
        set("", "//evil.example", "on"),
    ] {
        assert_eq!(olof.post("/settings/me", &wrong).status, 400, "{wrong:?}");
    }
    assert_eq!(olof.get("/").to(), "/cases?view=today");
    // The language below the page is the same setting.
    olof.post("/look?back=/keys", &[("language", "en")]);
    olof.get("/keys").ok().says("They are off.");
}

#[test]
fn views_tell_how_much_is_in_them_and_no_more_than_anybody_reads() {
    let hand = Hand::ready();
    let served = Served::new(&hand);
    let mut olof = served.browser("olof");
    let count = |page: &super::client::Answer, view: &str| -> String {
        let text = page.text();
        let at = format!("/cases?view={view}\"");
        let rest = text
            .split_once(&at)
            .unwrap_or_else(|| panic!("{view}: {text}"))
            .1;
        let (_, rest) = rest.split_once("class=\"count").unwrap();
        let rest = rest.split_once('>').unwrap().1;
        rest.split('<').next().unwrap().to_owned()
    };
    let page = olof.get("/cases?view=open").ok();
    for view in [
        "mine",
        "unassigned",
        "today",
        "undescribed",
        "open",
        "duties",
        "closed",
    ] {
        assert_eq!(count(&page, view), "0", "{view}");
    }
    for n in 0..101 {
        let words = format!("somebody called, number {n}");
        let taken = olof.upload("/new", &[("words", &*words)], &[]);
        assert_eq!(taken.status, 303);
    }
    let page = olof.get("/cases?view=open").ok();
    assert_eq!(count(&page, "open"), "99+");
    assert_eq!(count(&page, "unassigned"), "99+");
    assert_eq!(count(&page, "mine"), "0");
    page.says("Inbox <span class=\"count\">99+</span>");
    let all = hand.json(&["cases"]);
    for one in [0, 1] {
        let case = all["cases"][one]["case"].as_str().unwrap();
        let taken = olof.post(&format!("/cases/{case}/owner"), &[("owner", "olof")]);
        assert_eq!(taken.status, 303);
    }
    let page = olof.get("/cases?view=open").ok();
    assert_eq!(count(&page, "mine"), "2");
}

#[test]
fn who_sees_the_law_packs_in_force_sees_what_they_do_not_cover() {
    let hand = Hand::ready();
    hand.hire("ada", "Ada Lund", "administrator");
    let served = Served::new(&hand);
    let page = served.browser("ada").get("/packs").ok();
    page.says("How far each goes");
    page.says("Not covered: consent");
    // It is English whatever the page is in.
    page.says("<ul lang=\"en\">");
}
