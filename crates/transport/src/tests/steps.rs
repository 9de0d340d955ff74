use super::InDirectory;
use crate::testing::steps;

#[test]
fn over_a_directory_each_step_done_once_or_twice_has_the_same_effect() {
    steps::each_step_done_once_or_twice_has_the_same_effect::<InDirectory>();
}

#[test]
fn over_a_directory_a_step_that_failed_anywhere_gives_the_same_when_it_is_done_again() {
    steps::a_step_that_failed_anywhere_gives_the_same_when_it_is_done_again::<InDirectory>();
}

#[test]
fn over_a_directory_what_is_not_there_is_told_as_such() {
    steps::what_is_not_there_is_told_as_such::<InDirectory>();
}
