/// Where launches run: on this machine, behind a prefix such as `docker exec`, or in an allocation
/// of Slurm. Whoever launches gets `Processes` and does not know which it is.
///
/// Slurm is spoken to through its own commands (`sbatch`, `srun`, `squeue`, `scontrol`, `scancel`).
/// One job holds the nodes and each launch is a step of it, since pairs of launches compare only on
/// the same nodes. The job's name is written down before Slurm has heard of it, so that whoever
/// comes after a killed server finds it. The job also ends by itself when nobody has used it for a
/// while.
@NullMarked
package hostperf.execution;

import org.jspecify.annotations.NullMarked;
