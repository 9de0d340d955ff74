use super::*;

const PROPERTY: &str = "never-more-than-the-other-law";

#[test]
fn the_same_law_permits_no_more_than_itself() {
    let packs = LawPacks::embedded().unwrap();
    let Some(report) = proved(&packs, Some(&packs), &together(TODAY)) else {
        return;
    };
    assert!(report.holds());
    assert!(
        report
            .checks
            .iter()
            .any(|check| check.property.id == PROPERTY)
    );
    assert_eq!(report.against, Some(packs.digest()));
}

#[test]
fn an_agent_whose_packs_permit_more_than_the_desks_is_found_out() {
    let desk = LawPacks::embedded().unwrap();
    for (file, from, to) in [
        (
            "se/domestic.cedar",
            "@id(\"se.",
            "@id(\"se.extra\") @cite(\"none\") @says(\"Everything in Sweden.\") @verified(\"unverified; not confirmed by counsel\")\npermit (principal, action == Action::\"disclose\", resource)\nwhen { principal.country == Country::\"SE\" && resource.stored_in == Country::\"SE\" };\n\n@id(\"se.",
        ),
        // The same rules over other facts: only the agent believes that Norway is bound.
        (
            "facts.toml",
            "\"LU\", \"LV\", \"MT\", \"NL\", \"PL\", \"PT\", \"RO\", \"SE\", \"SI\", \"SK\",\n]\n\n[group.cloud",
            "\"NO\", \"LU\", \"LV\", \"MT\", \"NL\", \"PL\", \"PT\", \"RO\", \"SE\", \"SI\", \"SK\",\n]\n\n[group.cloud",
        ),
    ] {
        let folder = changed(file, from, to);
        let agent = LawPacks::from_dir(folder.path()).unwrap();
        let Some(report) = proved(&agent, Some(&desk), &together(TODAY)) else {
            return;
        };
        let refuted = refuted(&report);
        let (_, found) = refuted
            .iter()
            .find(|(id, _)| *id == PROPERTY)
            .unwrap_or_else(|| panic!("{file} is not found out"));
        println!("{file}\n{}\n{}", found.demand_file(), found.holding_file());
        assert!(read_back(found, &agent).disposition.is_granted());
        assert!(!read_back(found, &desk).disposition.is_granted());

        // The other way round it holds: the desk permits less.
        let report = proved(&desk, Some(&agent), &together(TODAY)).unwrap();
        assert!(report.holds(), "{file}");
    }
}
