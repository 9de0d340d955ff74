//! What seccomp takes away.

use std::collections::BTreeMap;

use seccompiler::{
    BackendError, BpfProgram, Error, SeccompAction, SeccompCmpArgLen, SeccompCmpOp,
    SeccompCondition, SeccompFilter, SeccompRule, apply_filter, apply_filter_all_threads,
};

use crate::Calls;

/// For whom a filter holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whom {
    /// For the calling thread, and all that it starts.
    Thread,
    /// For all threads.
    Process,
}

type Rules = BTreeMap<i64, Vec<SeccompRule>>;

/// From here on only these calls are answered.
pub(crate) fn filter(calls: Calls, whom: Whom) -> Result<(), Error> {
    let (refused, allowed) = (errno(libc::EPERM), SeccompAction::Allow);
    match calls {
        Calls::Computing => hold(computing()?, refused, allowed, whom),
        Calls::Ordinary { network } => {
            hold(others(network)?, allowed.clone(), refused, whom)?;
            // What it is asked for lies in memory, where no filter looks. Whoever is told that there is no such call takes
            // the older one.
            let newer = Rules::from([(libc::SYS_clone3, vec![])]);
            hold(newer, allowed, errno(libc::ENOSYS), whom)
        }
    }
}

fn errno(number: i32) -> SeccompAction {
    SeccompAction::Errno(number.unsigned_abs())
}

/// Holds a filter: calls of `rules` end as `listed` says, all others as `other`.
fn hold(
    rules: Rules,
    other: SeccompAction,
    listed: SeccompAction,
    whom: Whom,
) -> Result<(), Error> {
    let machine = std::env::consts::ARCH.try_into()?;
    let program: BpfProgram = SeccompFilter::new(rules, other, listed, machine)?.try_into()?;
    match whom {
        Whom::Thread => apply_filter(&program),
        Whom::Process => apply_filter_all_threads(&program),
    }
}

/// Where an argument of a call is `how` compared with `value`.
fn where_is(argument: u8, how: SeccompCmpOp, value: u64) -> Result<SeccompRule, BackendError> {
    let condition = SeccompCondition::new(argument, SeccompCmpArgLen::Dword, how, value)?;
    SeccompRule::new(vec![condition])
}

/// What a process needs that computes: memory, what is open already, its own end.
const COMPUTING: &[i64] = &[
    libc::SYS_read,
    libc::SYS_write,
    libc::SYS_readv,
    libc::SYS_writev,
    libc::SYS_close,
    libc::SYS_brk,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_madvise,
    libc::SYS_futex,
    libc::SYS_getrandom,
    libc::SYS_clock_gettime,
    libc::SYS_sched_yield,
    libc::SYS_sigaltstack,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_exit,
    libc::SYS_exit_group,
];

fn computing() -> Result<Rules, BackendError> {
    let mut rules: Rules = COMPUTING.iter().map(|call| (*call, vec![])).collect();
    // Memory that can be run is not asked for.
    let code = u64::from(libc::PROT_EXEC.unsigned_abs());
    for call in [libc::SYS_mmap, libc::SYS_mprotect] {
        let no_code = where_is(2, SeccompCmpOp::MaskedEq(code), 0)?;
        rules.insert(call, vec![no_code]);
    }
    Ok(rules)
}

/// What no ordinary program asks for, and what takes a machine over when there is a fault in the kernel.
const OTHERS: &[i64] = &[
    // Other processes.
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_process_madvise,
    libc::SYS_pidfd_getfd,
    libc::SYS_kcmp,
    libc::SYS_perf_event_open,
    // What is mounted, and where the root is.
    libc::SYS_mount,
    libc::SYS_umount2,
    libc::SYS_pivot_root,
    libc::SYS_chroot,
    libc::SYS_move_mount,
    libc::SYS_open_tree,
    libc::SYS_mount_setattr,
    libc::SYS_fsopen,
    libc::SYS_fsconfig,
    libc::SYS_fsmount,
    libc::SYS_fspick,
    libc::SYS_quotactl,
    libc::SYS_quotactl_fd,
    libc::SYS_swapon,
    libc::SYS_swapoff,
    libc::SYS_open_by_handle_at,
    libc::SYS_fanotify_init,
    // Namespaces; `clone` is looked at below.
    libc::SYS_setns,
    libc::SYS_unshare,
    // Code in the kernel, or another kernel.
    libc::SYS_bpf,
    libc::SYS_init_module,
    libc::SYS_finit_module,
    libc::SYS_delete_module,
    libc::SYS_kexec_load,
    libc::SYS_kexec_file_load,
    // What is asked for through it passes no filter.
    libc::SYS_io_uring_setup,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
    libc::SYS_userfaultfd,
    // Keys of the kernel.
    libc::SYS_add_key,
    libc::SYS_request_key,
    libc::SYS_keyctl,
    // The machine.
    libc::SYS_personality,
    libc::SYS_reboot,
    libc::SYS_acct,
    libc::SYS_syslog,
    libc::SYS_vhangup,
    libc::SYS_sethostname,
    libc::SYS_setdomainname,
    libc::SYS_settimeofday,
    libc::SYS_clock_settime,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_iopl,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_ioperm,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_modify_ldt,
];

/// The same machine answers to a second list of numbers (x32), in which these calls have numbers of their own.
#[cfg(target_arch = "x86_64")]
const OTHERS_X32: &[i64] = &[
    521, // ptrace
    528, // kexec_load
    539, // process_vm_readv
    540, // process_vm_writev
];

/// What makes a namespace.
const NAMESPACES: [i32; 7] = [
    libc::CLONE_NEWNS,
    libc::CLONE_NEWCGROUP,
    libc::CLONE_NEWUTS,
    libc::CLONE_NEWIPC,
    libc::CLONE_NEWUSER,
    libc::CLONE_NEWPID,
    libc::CLONE_NEWNET,
];

fn others(network: bool) -> Result<Rules, BackendError> {
    let mut rules: Rules = OTHERS.iter().map(|call| (*call, vec![])).collect();
    let namespaces = NAMESPACES.map(|flag| {
        let flag = u64::from(flag.unsigned_abs());
        where_is(0, SeccompCmpOp::MaskedEq(flag), flag)
    });
    rules.insert(
        libc::SYS_clone,
        namespaces.into_iter().collect::<Result<_, _>>()?,
    );
    if !network {
        let local = u64::from(libc::AF_UNIX.unsigned_abs());
        let elsewhere = where_is(0, SeccompCmpOp::Ne, local)?;
        rules.insert(libc::SYS_socket, vec![elsewhere]);
    }
    #[cfg(target_arch = "x86_64")]
    {
        const X32: i64 = 0x4000_0000;
        let again: Vec<_> = rules
            .iter()
            .map(|(call, rules)| (call | X32, rules.clone()))
            .collect();
        rules.extend(again);
        rules.extend(OTHERS_X32.iter().map(|call| (call | X32, vec![])));
    }
    Ok(rules)
}
