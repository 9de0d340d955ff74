//! Tables that laws and custom ask for, and those of others.

use super::*;

#[test]
fn tables_that_laws_and_custom_ask_for_are_made_of_the_facts_of_all_cases() {
    let hand = Hand::ready();
    let case = hand.decided();
    hand.approve(&case, "olof").ok();
    hand.approve(&case, "maja").ok();
    hand.run(&["agent", "run"]).ok();
    hand.run(&["deliver", &case]).ok();
    let undescribed = hand.write("letter.txt", "Give me everything.");
    hand.json(&["intake", &undescribed]);
    let year = now().to_string()[..4].to_owned();
    let out = hand.path("tables");
    let table = |who: &str, more: &[&str]| {
        let table = ["--json", "report", "table", "--out", &out];
        ended(hand.command(who).args([&table, more].concat()))
    };
    let day = now().to_string()[..10].to_owned();
    assert_eq!(
        table("olof", &["apple", &year]).code,
        Some(1),
        "an analyst publishes nothing"
    );
    let lacking = table("maja", &["digital-services", &year]);
    assert!(
        lacking.err.contains("--service is missing"),
        "{}",
        lacking.err
    );
    for (form, more, files) in [
        (
            "digital-services",
            &["--service", "Hand Mail", "--published", &day][..],
            2,
        ),
        ("production-orders", &[], 1),
        ("apple", &[], 1),
        ("github", &["--home", "SE"], 3),
        ("google", &[], 1),
        ("microsoft", &["--home", "SE"], 2),
        ("toolkit", &["--home", "SE"], 1),
    ] {
        let made = table("maja", &[&[form, &year][..], more].concat())
            .ok()
            .json();
        assert_eq!(made.as_array().unwrap().len(), files, "{form}: {made}");
        let sheets = in_the_workbook(&made);
        if form == "digital-services" {
            let official = ["1_report_identification", "3_member_states_orders"];
            assert_eq!(sheets, official, "{made}");
        }
    }
    let made = table(
        "maja",
        &["national-security", "--bands", "250", "--published", &day],
    );
    let made = made.ok().json();
    in_the_workbook(&made);
    assert_eq!(
        made[0]["table"]["rows"][0][3],
        serde_json::json!({"low": 0, "high": 249}),
        "{made}"
    );
    let orders = fs::read_to_string(Path::new(&out).join("digital-services-orders.csv")).unwrap();
    let total = orders.lines().nth(1).unwrap();
    assert!(total.contains(",TOTAL,0,0,0,0,1,"), "{total}");
    // A case of which figures know nothing stops every table, and is named.
    let file = hand.path("provider/desk/desk.sqlite");
    let desk = rusqlite::Connection::open(file).unwrap();
    desk.execute_batch("delete from fact where number = 1")
        .unwrap();
    let stopped = table("maja", &["apple", &year]);
    assert!(
        stopped
            .err
            .contains(&format!("figures know nothing of case {case}")),
        "{}",
        stopped.err
    );
}

/// Holds every cell of a workbook against what the command says, and gives the names of its sheets.
fn in_the_workbook(made: &Value) -> Vec<String> {
    let made = made.as_array().unwrap();
    let book = workbook(Path::new(made[0]["workbook"].as_str().unwrap()));
    let sheets = book["sheets"].as_array().unwrap();
    assert_eq!(sheets.len(), made.len());
    for (sheet, one) in sheets.iter().zip(made) {
        assert_eq!(sheet["name"], one["sheet"]);
        let rows = sheet["rows"].as_array().unwrap();
        let (columns, table) = (&one["table"]["columns"], &one["table"]["rows"]);
        let heads: Vec<_> = rows[0]
            .as_array()
            .unwrap()
            .iter()
            .map(|head| &head[1])
            .collect();
        assert_eq!(
            heads,
            columns.as_array().unwrap().iter().collect::<Vec<_>>()
        );
        let table = table.as_array().unwrap();
        assert_eq!(rows.len(), table.len() + 1);
        for (row, cells) in rows[1..].iter().zip(table) {
            for (at, cell) in cells.as_array().unwrap().iter().enumerate() {
                let expected = match cell {
                    Value::Null => Value::Null,
                    // A spreadsheet knows one kind of number.
                    Value::Number(number) => {
                        serde_json::json!(["number", number.as_f64().unwrap().to_string()])
                    }
                    Value::Object(band) => {
                        serde_json::json!(["text", format!("{}-{}", band["low"], band["high"])])
                    }
                    text => serde_json::json!(["text", text]),
                };
                assert_eq!(row.get(at).unwrap_or(&Value::Null), &expected, "{row}");
            }
        }
    }
    let names = sheets
        .iter()
        .map(|sheet| sheet["name"].as_str().unwrap().to_owned());
    names.collect()
}

#[test]
fn rows_of_others_that_cannot_be_are_flagged() {
    let hand = Hand::ready();
    let file = hand.write(
        "others.csv",
        "year,in,out,share\n2020,10,4,40\n2021,10,12,120\n2022,\"1,000\",<10,1\n",
    );
    let look = [
        "--json",
        "report",
        "look",
        &file,
        "--received",
        "in",
        "--disclosed",
        "out",
        "--percentage",
        "share",
    ];
    let found = hand.run(&look);
    assert_eq!(found.code, Some(3), "{}", found.err);
    let found = found.json();
    assert_eq!(
        (&found["rows"], &found["not_numbers"]),
        (&3.into(), &1.into())
    );
    let flagged: Vec<_> = found["flagged"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["row"].as_u64())
        .collect();
    assert_eq!(flagged, [Some(2), Some(2)], "{found}");
    // More was disclosed than received in three rows of what GitHub published of 2021.
    let real = "figures/github/data/requests_to_disclose_user_information/requests_received_and_disclosed.csv";
    let Some(real) = shared(real) else { return };
    let columns = [
        "--received",
        "count_requests_received",
        "--disclosed",
        "count_disclosed",
    ];
    let real = real.display().to_string();
    let found = hand.run(&[&["--json", "report", "look", &real][..], &columns].concat());
    assert_eq!(found.code, Some(3), "{}", found.err);
    assert_eq!(found.json()["flagged"].as_array().unwrap().len(), 3);
}
