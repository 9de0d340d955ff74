//! What a provider shows everybody, and whether what it says there can be done.

use super::{made, provider};

/// The commands that a page shows, in their order.
fn commands(page: &str) -> Vec<String> {
    let shown = page.split("<pre><code lang=\"zxx\">").skip(1);
    shown
        .filter_map(|rest| Some(rest.split_once("</code>")?.0.to_owned()))
        .filter(|one| one.starts_with("lagrum "))
        .collect()
}

#[test]
fn what_the_public_pages_say_of_reports_is_what_the_log_holds_and_their_commands_check_it() {
    let Some(provider) = provider() else { return };
    let hand = &provider.hand;
    let site = hand.path("site");
    let publish = |later: &str| {
        let arguments = [
            "--json",
            "publish",
            &site,
            "--log-address",
            "https://log.kvist.example",
        ];
        provider.by(later, "olof", &arguments).ok().json()
    };
    let page = |name: &str| std::fs::read_to_string(format!("{site}/{name}")).unwrap();

    assert_eq!(publish("+0")["reports"], 0);
    assert!(page("reports.sv.html").contains("Det finns ingen rapport ännu."));

    let (day, out, cases) = made(&provider, "1");
    let report = format!("{site}/reports/{day}");
    std::fs::create_dir_all(format!("{site}/reports")).unwrap();
    std::fs::rename(&out, &report).unwrap();

    // The report waits for its batch: nobody is told that the log holds it.
    let told = publish("+50h");
    assert_eq!(told["not_in_the_log"][0], format!("reports/{day}"));
    assert!(page("reports.html").contains("the log does not hold it yet"));
    provider.by("+51h", "olof", &["settle"]).ok();
    let told = publish("+51h");
    assert_eq!(told["not_in_the_log"].as_array().unwrap().len(), 0);
    let checked = provider.verify(&report, &[]).ok().json();
    let reports = page("reports.html");
    assert!(
        reports.contains(&format!("<td>{}</td>", checked["entry"])),
        "{reports}"
    );
    assert!(reports.contains(&format!("href=\"reports/{day}/index.html\"")));
    assert!(std::fs::exists(format!("{report}/index.html")).unwrap());

    super::readers::in_a_browser(&[("site", site.as_ref())]);

    // The log as it is shown there is the one that is published.
    let log = page("log.html");
    let key = std::fs::read_to_string(format!("{site}/log.policy")).unwrap();
    let key = key.split_whitespace().nth(1).unwrap().to_owned();
    assert!(log.contains(&key));
    let checkpoint = std::fs::read_to_string(hand.path("provider/log/checkpoint")).unwrap();
    let size = checkpoint.lines().nth(1).unwrap();
    assert!(
        log.replace(',', "").contains(&format!("{size} entries")),
        "{size}: {log}"
    );

    // What is typed there, a stranger can type: with the keys of the pages and the log alone.
    let typed = commands(&page("check.html"));
    assert_eq!(typed.len(), 4, "{typed:?}");
    let trust = format!("{site}/trust.toml");
    let mut done = 0;
    for one in typed {
        let of_whom: Vec<_> = one
            .split_whitespace()
            .skip(1)
            .map(|word| match word {
                "trust.toml" => trust.clone(),
                "DIR" => hand.path("provider/log"),
                "REPORT" => report.clone(),
                "receipt.txt" => cases[1].1.clone(),
                "FILE" => hand.path("refused.toml"),
                other => other.to_owned(),
            })
            .collect();
        if of_whom[0] == "open" {
            continue;
        }
        let arguments: Vec<_> = of_whom.iter().map(String::as_str).collect();
        let said = provider.by("+51h", "olof", &arguments).ok().out;
        assert!(!said.is_empty());
        done += 1;
    }
    assert_eq!(done, 3);

    // Another report in the place of the one that the log holds is not shown as held.
    let statement = format!("{report}/statement");
    let changed = std::fs::read_to_string(&statement).unwrap();
    let size = changed
        .lines()
        .find(|line| line.starts_with("log "))
        .unwrap();
    let other = size.replacen("log ", "log 1", 1);
    std::fs::write(&statement, changed.replace(size, &other)).unwrap();
    let told = publish("+51h");
    assert_eq!(told["not_in_the_log"][0], format!("reports/{day}"));
    assert!(page("reports.html").contains("the log holds another report"));
}
