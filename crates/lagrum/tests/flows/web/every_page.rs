//! Every page in every form that it has, in a real browser: `tests/browser/every_page.mjs`.

use super::Served;
use super::browser::played_with;
use super::withheld::searched;
use crate::by_hand::Hand;

const BERLIN: &str = r#"
[[authority]]
name = "Staatsanwaltschaft Berlin"
country = "DE"
kind = "prosecutor"
domains = ["sta-berlin.example"]
telephone = "+49 30 555 0104"
"#;

#[test]
fn everybody_can_use_every_page_in_every_language_theme_and_width_by_keyboard_alone() {
    let Some(modules) = std::env::var_os("LAGRUM_BROWSER") else {
        println!("SKIPPED: no browser; dev/test installs one and sets LAGRUM_BROWSER");
        return;
    };
    let hand = Hand::ready();
    hand.append("provider/desk/authorities.toml", BERLIN);
    hand.write("desk.routes", lagrum_web::routes());
    hand.write("door.routes", lagrum_web::door_routes());
    let case = searched(&hand);
    let served = Served::with_door(&hand);
    served.hire("siv", "Siv Ask", "administrator");
    served.hire("rut", "Rut Alm", "auditor");
    played_with(&served, "every_page.mjs", &modules, &[&case]);
}
