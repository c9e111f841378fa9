/* SPDX-License-Identifier: BSD-2-Clause */
#include "program.h"

int main(int argc, char **argv)
{
    return program_run(argc, argv);
}
