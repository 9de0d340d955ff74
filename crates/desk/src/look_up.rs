//! What an agent found out about whose account something is, as the assessment has it.

use lagrum_model::{Assessment, Case, Disposition, Finding, LookedUp, Part};

/// The answer about an account that nobody has, whatever the law says of those that somebody has.
/// Nobody is sent to search.
pub(crate) fn nobody() -> Finding {
    Finding {
        disposition: Disposition::NoData,
        instead: None,
        decided_by: Vec::new(),
        overridden: Vec::new(),
        via: None,
        form: None,
        within: None,
    }
}

/// Whether whoever gets this answer is not told what is there: neither is whoever has to wait for somebody
/// else's word.
pub(crate) fn says_nothing(disposition: Disposition) -> bool {
    matches!(
        disposition,
        Disposition::Reject
            | Disposition::Preserve
            | Disposition::Ask
            | Disposition::Wait
            | Disposition::ByHand
    )
}

/// What was found, for whoever works the case.
pub(crate) fn in_words(found: &LookedUp) -> String {
    let looked_in = found.looked_in.iter().map(|one| {
        let unreadable = match one.unreadable {
            0 => String::new(),
            n => format!(", {n} cannot be read"),
        };
        let port = match one.port {
            true => "",
            false => ", without regard to the port, which it does not keep",
        };
        format!(
            "`{}`: {} of {} entries fit{port}{unreadable}",
            one.source, one.matched, one.examined
        )
    });
    let looked_in: Vec<_> = looked_in.collect();
    let whose = match (&found.account, found.accounts) {
        (Some(account), _) => format!("the account is {account}"),
        (None, 0) => "no account fits".to_owned(),
        (None, 1) => "one name fits that is no account known to the agent".to_owned(),
        (None, n) => format!("{n} accounts fit, so nobody can tell which it is"),
    };
    format!("looked up: {whose} ({})", looked_in.join("; "))
}

/// The answer where it is not certain whose account it is. A stricter finding stays.
pub(crate) fn nobody_certain(mut finding: Finding, found: &LookedUp) -> Finding {
    let told = finding.disposition.is_granted() || !says_nothing(finding.disposition);
    if found.accounts == 0 && found.unreadable() == 0 && told {
        return nobody();
    }
    if !finding.disposition.is_granted() {
        return finding;
    }
    // Who means several is asked whom; who cannot be looked up, cannot.
    finding.disposition = match found.accounts {
        0 | 1 => Disposition::NotLookedUp,
        _ => Disposition::Ask,
    };
    finding.instead = Some(match found.accounts {
        0 => "No account fits in what can be read of the provider's records, and not all of them can be. Name the account's mail address.".to_owned(),
        1 => "The provider's records name somebody who is no account that it knows. Name the account's mail address.".to_owned(),
        n => format!("{n} accounts come into question, and the provider picks none. Name the source port and a closer instant, or the account's mail address."),
    });
    finding
}

/// Gives the parts that are there already their places back, so that answers keep theirs; what is new
/// comes after them. `new` stays as it is where a part has no counterpart.
pub(crate) fn keep_places(case: &Case, new: &mut Assessment) {
    let Some(old) = &case.assessment else {
        return;
    };
    if case.answers.is_empty() {
        return;
    }
    let mut rest: Vec<Option<Part>> = new.parts.iter().cloned().map(Some).collect();
    let mut kept = Vec::new();
    for (place, was) in old.parts.iter().enumerate() {
        let open = case.is_looked_up(place);
        let fits = |one: &Option<Part>| {
            one.as_ref().is_some_and(|one| {
                (one.asked_in, &one.identifier, one.category)
                    == (was.asked_in, &was.identifier, was.category)
                    && (open || one.holding == was.holding)
            })
        };
        let Some(found) = rest.iter().position(fits) else {
            return;
        };
        kept.extend(rest[found].take());
    }
    kept.extend(rest.into_iter().flatten());
    new.parts = kept;
}

#[cfg(test)]
mod tests {
    use lagrum_model::{Identifier, LookedIn};

    use super::*;

    fn found(accounts: u64, account: Option<&str>, unreadable: u64) -> LookedUp {
        let text = "ip-address:198.51.100.23 port 7 at 2026-08-20T19:04:11Z";
        let identifier = Identifier::parse(text).expect("an address");
        LookedUp {
            identifier: identifier.try_into().expect("one user"),
            account: account.map(|one| one.to_owned().try_into().expect("an address")),
            accounts,
            looked_in: vec![LookedIn {
                source: "logins".into(),
                port: false,
                examined: 9,
                matched: 2,
                unreadable,
            }],
        }
    }

    #[test]
    fn what_was_found_is_said_with_what_makes_it_doubtful() {
        let said = in_words(&found(1, Some("alder@kvist.example"), 3));
        for says in [
            "the account is alder@kvist.example",
            "2 of 9 entries fit",
            "without regard to the port",
            "3 cannot be read",
        ] {
            assert!(said.contains(says), "{said}");
        }
        assert!(in_words(&found(4, None, 0)).contains("4 accounts fit"));
        assert!(in_words(&found(1, None, 0)).contains("no account known"));
    }

    #[test]
    fn nobody_is_said_to_be_there_only_where_all_could_be_read_and_a_stricter_finding_stays() {
        let lawful = Finding {
            disposition: Disposition::Produce,
            ..nobody()
        };
        for (found, right) in [
            (found(0, None, 0), Disposition::NoData),
            (found(0, None, 1), Disposition::NotLookedUp),
            (found(1, None, 0), Disposition::NotLookedUp),
            (found(2, None, 0), Disposition::Ask),
        ] {
            assert_eq!(nobody_certain(lawful.clone(), &found).disposition, right);
            let refused = Finding {
                disposition: Disposition::Reject,
                ..nobody()
            };
            let stays = nobody_certain(refused, &found).disposition;
            assert_eq!(stays, Disposition::Reject);
        }
    }

    #[test]
    fn who_is_nobody_is_no_conflict_of_laws() {
        for conflict in [Disposition::Challenge, Disposition::RedirectToTreatyChannel] {
            let found_so = |accounts, unreadable| {
                let finding = Finding {
                    disposition: conflict,
                    ..nobody()
                };
                nobody_certain(finding, &found(accounts, None, unreadable)).disposition
            };
            assert_eq!(found_so(0, 0), Disposition::NoData);
            // Who may be somebody, of whom the two laws still differ.
            assert_eq!((found_so(0, 1), found_so(2, 0)), (conflict, conflict));
        }
        // Before the wait is over nobody is told, not even that there is nobody.
        let waits = Finding {
            disposition: Disposition::Wait,
            ..nobody()
        };
        let waits = nobody_certain(waits, &found(0, None, 0)).disposition;
        assert_eq!(waits, Disposition::Wait);
    }
}
