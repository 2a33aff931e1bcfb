import { admitDeployments } from "@branchline/core/deployments/admit";
import { claimDeployment } from "@branchline/core/deployments/claim";
import { finishDeployment } from "@branchline/core/deployments/finish";
import { createDb, type Db, Prisma } from "@branchline/db";
import { createDoorbell, type Handlers, serve } from "@branchline/queue";
import { testDatabase, testRedis } from "@branchline/testing/database";
import { type GivenOrganization, givenIn } from "@branchline/testing/given";
