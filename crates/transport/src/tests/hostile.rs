use super::InDirectory;
use crate::testing::hostile;

#[test]
fn an_agent_fetches_nothing_through_links_and_pipes_and_everything_else_as_usual() {
    hostile::an_agent_fetches_nothing_through_links_and_pipes_and_everything_else_as_usual::<
        InDirectory,
    >();
}

#[test]
fn an_agent_writes_through_no_link_and_believes_no_planted_receipt() {
    hostile::an_agent_writes_through_no_link_and_believes_no_planted_receipt::<InDirectory>();
}

#[test]
fn a_desk_believes_only_the_agent_of_the_region_and_one_bad_answer_stops_no_other() {
    hostile::a_desk_believes_only_the_agent_of_the_region_and_one_bad_answer_stops_no_other::<
        InDirectory,
    >();
}

#[test]
fn a_desk_reads_and_writes_through_no_link() {
    hostile::a_desk_reads_and_writes_through_no_link::<InDirectory>();
}

#[test]
fn what_was_planted_in_the_place_of_a_mandate_is_no_offer() {
    hostile::what_was_planted_in_the_place_of_a_mandate_is_no_offer::<InDirectory>();
}
