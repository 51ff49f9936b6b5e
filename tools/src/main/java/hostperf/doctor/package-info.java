/// What a run needs of a machine and a checkout, looked at and told with how to mend it. Start at
/// `Doctor`. It changes nothing.
@NullMarked
package hostperf.doctor;

import org.jspecify.annotations.NullMarked;
