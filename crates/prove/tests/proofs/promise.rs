use super::*;
use lagrum_prove::Assuming;

#[test]
fn every_invariant_holds_for_every_possible_demand_in_each_pack_and_in_all_together() {
    let packs = LawPacks::embedded().unwrap();
    let options = Options {
        useless: false,
        ..Options::new(TODAY)
    };
    let Some(report) = proved(&packs, None, &options) else {
        return;
    };
    assert_eq!(refuted(&report).len(), 0);
    assert!(report.holds());
    let ids: Vec<_> = report
        .checks
        .iter()
        .map(|c| c.property.id.as_str())
        .collect();
    for expected in [
        "strictly-valid",
        "invariant.content.judge",
        "invariant.verified",
        "invariant.named",
        "invariant.union",
        "invariant.prosecutor",
        "invariant.stored",
        "invariant.stopped",
        "invariant.refused",
        "invariant.preservation",
        "invariant.preservation.home",
        "invariant.bounded",
        "invariant.bounded.purpose",
        "invariant.bounded.country",
        "invariant.measure.britain",
        "invariant.measure.ireland",
        "invariant.measure.states",
        "invariant.subpoena.list",
        "only-narrows-the-promise",
        "no-rule-fails",
    ] {
        assert!(ids.contains(&expected), "{expected} is not among {ids:?}");
    }
    for pack in packs.packs() {
        let among = report
            .checks
            .iter()
            .any(|check| check.packs.contains(&pack.name));
        assert!(among, "{} was not proved by itself", pack.name);
    }
    println!(
        "{} checks in {} ms",
        report.checks.len(),
        report.milliseconds
    );
}

#[test]
fn the_promise_holds_whichever_countries_belong_to_which_group() {
    let packs = LawPacks::embedded().unwrap();
    let Some(report) = proved(&packs, None, &together(TODAY)) else {
        return;
    };
    // What is proved of one country's own instruments rests on that country having a pack: for a
    // country without one, `others` asks counsel there instead.
    let of_a_pack = ["invariant.measure.ireland", "invariant.measure.states"];
    for check in &report.checks {
        let id = check.property.id.as_str();
        match &check.outcome {
            Outcome::Proved { assuming } => {
                let day = *assuming == Assuming::Day;
                assert_eq!(day, of_a_pack.contains(&id), "{id}");
            }
            other => panic!("{}: {other:?}", check.property.id),
        }
    }
}

#[test]
fn the_promise_held_on_the_days_of_the_microsoft_ireland_warrant() {
    let packs = LawPacks::embedded().unwrap();
    for day in [date(2013, 12, 4), date(2016, 7, 15), date(2018, 3, 24)] {
        let Some(report) = proved(&packs, None, &together(day)) else {
            return;
        };
        assert!(report.holds(), "{day}");
        // Article 48 was not yet law: nothing is proved of it, rather than something false.
        assert!(
            !report
                .checks
                .iter()
                .any(|c| c.property.id == "invariant.union")
        );
    }
}

#[test]
fn whoever_watches_is_told_of_each_question_that_is_answered() {
    let packs = LawPacks::embedded().unwrap();
    let options = together(TODAY);
    let seen = std::sync::Mutex::new(Vec::new());
    let report = lagrum_prove::prove_watched(&packs, None, &options, |progress| {
        seen.lock().unwrap().push((progress.done, progress.of));
    });
    let mut seen = seen.into_inner().unwrap();
    seen.sort_unstable();
    match report {
        Ok(_) => {
            let of = seen.len();
            assert!(of > 3, "{seen:?}");
            assert!(seen.into_iter().eq((1..=of).map(|done| (done, of))));
        }
        // Without the solver nothing is answered.
        Err(_) => assert_eq!(seen, []),
    }
}

#[test]
fn a_missing_solver_is_named_with_its_debian_package() {
    let options = Options {
        solver: "no-such-solver".into(),
        ..together(TODAY)
    };
    let error = prove(&LawPacks::embedded().unwrap(), None, &options).unwrap_err();
    let text = error.to_string();
    assert!(text.contains("Debian package `cvc5`"), "{text}");
    assert!(
        text.contains("no-such-solver") && text.contains("CVC5"),
        "{text}"
    );
}

#[test]
fn a_solver_that_answers_nonsense_proves_nothing() {
    let options = Options {
        solver: "cat".into(),
        ..together(TODAY)
    };
    let report = prove(&LawPacks::embedded().unwrap(), None, &options).unwrap();
    assert!(!report.holds());
    let of_promise = |c: &&lagrum_prove::Check| c.property.id.starts_with("invariant.");
    for check in report.checks.iter().filter(of_promise) {
        assert!(
            matches!(check.outcome, Outcome::Undecided { .. }),
            "{}: {:?}",
            check.property.id,
            check.outcome
        );
    }
}

#[test]
fn a_folder_can_add_invariants_and_cannot_weaken_those_of_the_promise() {
    let folder = changed(
        "invariants/promise.cedar",
        "when { !principal.verified };",
        "when { !principal.verified && context.emergency };",
    );
    fs::write(
        folder.path().join("invariants/own.cedar"),
        r#"
@id("own.nothing-to-police") @cite("a wish") @says("Nothing goes to police.") @rests_on("provider")
forbid (principal, action == Action::"disclose", resource)
when { principal.kind == AuthorityKind::"police" };
"#,
    )
    .unwrap();
    let text = fs::read_to_string(folder.path().join("provider/promise.cedar")).unwrap();
    let open = text.replace(
        "unless { principal.verified }",
        "unless { !context.emergency }",
    );
    fs::write(folder.path().join("provider/promise.cedar"), open).unwrap();
    let packs = LawPacks::from_dir(folder.path()).unwrap();
    let Some(report) = proved(&packs, None, &together(TODAY)) else {
        return;
    };
    let refuted: Vec<_> = refuted(&report).into_iter().map(|(id, _)| id).collect();
    assert!(refuted.contains(&"own.nothing-to-police"), "{refuted:?}");
    assert!(refuted.contains(&"invariant.verified"), "{refuted:?}");
    assert!(
        !refuted.contains(&"invariant.verified (as the folder has it)"),
        "{refuted:?}"
    );
}

#[test]
fn a_permit_that_bounds_neither_who_asks_nor_why_is_found_out_by_itself() {
    // The provider's own rules would still stop it: that is no bound of the permit.
    for (file, from, to, more) in [
        (
            "us/records.cedar",
            "    AuthorityKind::\"other-authority\"\n",
            "    AuthorityKind::\"private-party\"\n",
            None,
        ),
        (
            "dk/domestic.cedar",
            "!(context has purpose && context.purpose != Purpose::\"criminal-proceedings\") &&",
            "",
            Some("invariant.bounded.purpose"),
        ),
    ] {
        let folder = changed(file, from, to);
        let packs = LawPacks::from_dir(folder.path()).unwrap();
        let Some(report) = proved(&packs, None, &together(TODAY)) else {
            return;
        };
        let ids: Vec<_> = refuted(&report).into_iter().map(|(id, _)| id).collect();
        let expected: Vec<_> = Some("invariant.bounded").into_iter().chain(more).collect();
        assert_eq!(ids, expected, "{file}");
    }
}
