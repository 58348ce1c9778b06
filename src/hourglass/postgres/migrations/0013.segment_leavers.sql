-- Nobody asked who left by a build; segment_builds counts them.
DROP TABLE segment_leavers;
